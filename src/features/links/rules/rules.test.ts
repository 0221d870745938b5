import { describe, expect, test } from 'vitest'
import { isPreview } from './preview.ts'
import { TOKEN } from './token.ts'
import { canBeTracked } from './tracked.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36'

function asked(headers: Readonly<Record<string, string>>, method = 'GET'): boolean {
  return isPreview(method, (name) => headers[name])
}

describe('a tap is a tap', () => {
  test.each([
    `${IPHONE} Safari Line/15.2.0`,
    `${ANDROID} Line/14.19.0/IAB`,
    `${IPHONE} Version/18.1 Safari/604.1`,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
  ])('by %s', (agent) => expect(asked({ 'user-agent': agent })).toBe(false))
})

describe('what only looks is no tap', () => {
  test.each([
    'facebookexternalhit/1.1;line-poker/1.0',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'TelegramBot (like TwitterBot)',
    'WhatsApp/2.23.20.0',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'curl/8.5.0',
    ''
  ])('%j', (agent) => expect(asked({ 'user-agent': agent })).toBe(true))

  test('a HEAD, whoever asks', () => {
    expect(asked({ 'user-agent': IPHONE }, 'HEAD')).toBe(true)
  })

  test.each([
    ['purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['x-purpose', 'preview'],
    ['x-moz', 'prefetch']
  ])('a browser that fetches ahead says so in %s', (name, value) =>
    expect(asked({ 'user-agent': IPHONE, [name]: value })).toBe(true)
  )
})

describe('what can lead by us', () => {
  test.each([
    ['https://shop.example.com/menu?a=1#b', true],
    ['https://online.example.com/', true],
    ['https://line.me.example.com/', true],
    ['https://notline.me/', true],
    ['https://line.me/R/nv/QRCodeReader', false],
    ['https://liff.line.me/123-abc', false],
    ['tel:0422-00-0000', false],
    ['line://nv/profile', false],
    ['http://shop.example.com/', false],
    ['javascript:alert(1)', false],
    ['//evil.example', false],
    ['', false]
  ])('%s: %s', (target, can) => expect(canBeTracked(target)).toBe(can))
})

test.each([
  ['AAAAAAAAAAAAAAAAAAAA_-', true],
  ['AAAAAAAAAAAAAAAAAAAA_', false],
  ['AAAAAAAAAAAAAAAAAAAA_-A', false],
  ["AAAAAAAAAAAAAAAAAAAA'-", false],
  ['AAAAAAAAAAAAAAAAAAAA_-\n', false]
])('%j may be a token: %s', (text, may) => expect(TOKEN.test(text)).toBe(may))
