import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CounterCode, checkCode, codeAt, formatCode, readCode, STEP_MS } from './counter-code.ts'

const SECRET = new Uint8Array(32).fill(9)
const AT = Date.UTC(2026, 10, 21, 1, 0, 5)
const code = codeAt('kichijoji', SECRET, AT)
const shown = formatCode(code)
const [shop, step = '', mac = ''] = shown.split('.')

const fullWidth = (text: string) =>
  [...text].map((one) => (/[!-~]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)).join('')
const shopIds = fc.stringMatching(/^[a-z][a-z0-9-]{1,31}$/)
const times = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2090) })
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 })
const check = (given: CounterCode, sentAtMs: number, nowMs = sentAtMs) => {
  const result = checkCode(given, SECRET, { sentAtMs, nowMs })
  return result.ok ? 'good' : result.kind
}

test('a code looks as it is documented', () => expect(shown).toMatch(/^kichijoji\.[0-9A-Z]{6}\.[0-9A-Z]{10}$/))

describe('a code is read however it is sent', () => {
  test.each([
    ['as the QR code writes it', `スタンプ ${shown}`],
    ['in English', `stamp ${shown}`],
    ['alone', shown],
    ['in small letters', shown.toLowerCase()],
    ['in capitals', `STAMP ${shown.toUpperCase()}`],
    ['full-width', fullWidth(`スタンプ　${shown}`)],
    ['half-width katakana', `ｽﾀﾝﾌﾟ ${shown}`],
    ['without a space', `スタンプ${shown}`],
    ['with a colon', `スタンプ：${shown}`],
    ['with spaces around and inside', `  スタンプ  ${shop} . ${step} . ${mac.slice(0, 5)} ${mac.slice(5)}  `],
    ['with spaces for dots', `スタンプ ${shop} ${step} ${mac}`],
    ['with Japanese full stops', `スタンプ ${shop}。${step}。${mac}`],
    ['among other words', `お願いします🙏 ${shown}です。よろしく`],
    ['with a word after it', `スタンプ ${shown} お願いします`],
    ['on two lines', `スタンプ\n${shown}`],
    ['with O for 0 and l for 1', `スタンプ ${shop}.${`${step}.${mac}`.replaceAll('0', 'O').replaceAll('1', 'l')}`]
  ])('%s', (_how, text) => expect(readCode(text)).toEqual({ kind: 'code', code }))

  test('of a shop whose name begins like the word before it', () => {
    const stampede = codeAt('stampede', SECRET, AT)
    for (const text of [formatCode(stampede), `stamp ${formatCode(stampede)}`, `スタンプ${formatCode(stampede)}`])
      expect(readCode(text)).toEqual({ kind: 'code', code: stampede })
  })

  test('any code of any shop at any time, in any mixture of cases and widths', () => {
    fc.assert(
      fc.property(shopIds, keys, times, fc.boolean(), (id, secret, at, wide) => {
        const given = codeAt(id, secret, at)
        const text = `スタンプ ${formatCode(given)}`.toLowerCase()
        expect(readCode(`これです ${text}！`)).toEqual({ kind: 'code', code: given })
        expect(readCode(wide ? fullWidth(text) : text)).toEqual({ kind: 'code', code: given })
      })
    )
  })
})

describe('a text that is no code is left to others', () => {
  test.each([
    'スタンプ',
    'stamp',
    'スタンプカード',
    'stamp card please',
    'スタンプを押してください',
    'hello everybody',
    'is the store here open',
    'kichijoji',
    '8',
    '３点です。理由は混んでいたから。',
    'www.example.com/a1',
    'https://www.site01.example-pages.jp',
    'mail me at a.b1234c.example123@example.com',
    'version 1.2.3 is out.',
    '2026.11.21',
    '',
    '.....',
    'スタンプ 10個たまりました'
  ])('%j', (text) => expect(readCode(text)).toBeUndefined())
})

describe('a code typed wrong is known for one', () => {
  test.each([
    `スタンプ ${shop}.${step}`,
    `スタンプ ${shown}X`,
    `stamp ${shown.slice(0, -1)}`,
    `stamp ${shop}.`,
    shown.slice(0, -1),
    `${shown}X`,
    `stamp ${shown.slice(0, -1)}u`
  ])('%j', (text) => expect(readCode(text)).toEqual({ kind: 'garbled' }))
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      readCode(text)
      readCode(`スタンプ ${text}`)
    })
  )
})

describe('a code is good', () => {
  const begin = code.step * STEP_MS
  test.each([
    ['at the first moment of its step', begin, 'good'],
    ['at the last moment of its step', begin + STEP_MS - 1, 'good'],
    ['through the step after', begin + 2 * STEP_MS - 1, 'good'],
    ['not a moment longer', begin + 2 * STEP_MS, 'expired'],
    ['not a day later', begin + 86_400_000, 'expired'],
    ['not before its step', begin - 1, 'future']
  ])('%s', (_when, sentAtMs, expected) => expect(check(code, sentAtMs)).toBe(expected))

  test('however late it is handled, by when it was sent', () =>
    expect(check(code, begin + 1000, begin + 3_600_000)).toBe('good'))

  test("when LINE's clock is a little behind ours, which made it", () => {
    expect(check(code, begin - 2000, begin + 500)).toBe('good')
  })

  test('with any secret and at any time only for its own shop, step and secret', () => {
    fc.assert(
      fc.property(shopIds, keys, keys, times, (id, secret, other, at) => {
        fc.pre(Buffer.compare(secret, other) !== 0)
        const given = codeAt(id, secret, at)
        const now = { sentAtMs: at, nowMs: at }
        expect(checkCode(given, secret, now)).toEqual({ ok: true, value: given })
        expect(checkCode(given, other, now)).toEqual({ ok: false, kind: 'forged' })
        expect(checkCode({ ...given, step: given.step - 1 }, secret, now)).toEqual({ ok: false, kind: 'forged' })
        expect(checkCode({ ...given, shop: `${id}x` }, secret, now)).toEqual({ ok: false, kind: 'forged' })
      })
    )
  })

  test('not with any one character changed', () => {
    for (const index of [...mac].keys()) {
      const changed = `${mac.slice(0, index)}${mac[index] === '0' ? '1' : '0'}${mac.slice(index + 1)}`
      expect(check({ ...code, mac: changed }, AT)).toBe('forged')
    }
    expect(check({ ...code, mac: mac.slice(1) }, AT)).toBe('forged')
  })
})
