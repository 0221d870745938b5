import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { testScope } from '../../../../test/support/queue.ts'
import type { Config } from '../../../config.ts'
import type { HttpEnv } from '../../../platform/feature.ts'
import { securityHeaders } from '../../../platform/http/index.ts'
import { createPerform } from '../../../platform/perform.ts'
import { publish, publishFiles } from '../../definitions/index.ts'
import { counterUrls, rotateKeys, shopDefinitions, shopsFeature } from '../index.ts'
import { checkCode, readCode } from '../rules/counter-code.ts'
import { findShop, openShops } from '../store/shops.ts'
import type { CounterView } from './counter-view.ts'

const db = useDatabase()
const PUBLIC_URL = 'https://matane.example'
const CONFIG: Config = {
  port: 3000,
  host: '127.0.0.1',
  publicUrl: PUBLIC_URL,
  timeZone: 'Asia/Tokyo',
  role: 'all',
  sandbox: false,
  dataDir: './data',
  databaseUrl: undefined,
  encryptionKeys: undefined,
  hookSecrets: new Map(),
  writeKeys: [],
  line: { channelSecret: 's', accessToken: 't', apiBaseUrl: 'https://api.line.me', botId: '@123abcde' },
  slack: { signingSecret: 's', botToken: 't', apiUrl: 'https://slack.com/api/', alertChannel: 'C1' }
}

async function setUp() {
  const clock = { at: new Date('2026-11-21T01:00:10Z') }
  const scope = testScope(db())
  await publishLoyalty(db())
  const app = new Hono<HttpEnv>()
  app.use(securityHeaders(PUBLIC_URL))
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  app.use((c, next) => {
    c.set('context', { scope, config: CONFIG, perform })
    return next()
  })
  shopsFeature({ counterNow: () => clock.at }).routes?.(app)
  const urls = await counterUrls(db().prisma, db().cipher, PUBLIC_URL)
  const url = (shop: string) => new URL(urls.find((one) => one.shop === shop)?.url ?? '')
  const code = async (shop: string) => {
    const at = url(shop)
    return (await (await app.request(`${at.pathname}/code${at.search}`)).json()) as CounterView
  }
  return { app, clock, scope, url, code }
}

describe('the addresses of the counters', () => {
  test('are one for each shop, each with a long key of its own', async () => {
    const { url } = await setUp()
    const keys = ['kamakura', 'kichijoji', 'shimokitazawa'].map((shop) => url(shop).searchParams.get('key') ?? '')
    expect(new Set(keys).size).toBe(3)
    for (const key of keys) expect(key).toMatch(/^[\w-]{32}$/)
    expect(url('kamakura').href).toMatch(/^https:\/\/matane\.example\/counter\/kamakura\?key=/)
  })

  test('come in the order of the list of shops, also after the list was put in another order', async () => {
    await setUp()
    const order = async () => (await counterUrls(db().prisma, db().cipher, PUBLIC_URL)).map(({ shop }) => shop)
    expect(await order()).toEqual(['kichijoji', 'shimokitazawa', 'kamakura'])
    const shops = ['shimokitazawa', 'kamakura', 'kichijoji'].map((id) => ({ id, name: { ja: '店', en: 'Shop' } }))
    const files = [
      { path: 'loyalty/shops.yaml', text: JSON.stringify({ brand: { name: { ja: '店', en: 'Shop' } }, shops }) }
    ]
    expect(await publishFiles(db(), { kinds: shopDefinitions, files, at: new Date() })).toMatchObject({ ok: true })
    expect(await order()).toEqual(['shimokitazawa', 'kamakura', 'kichijoji'])
  })

  test('secrets and keys are nowhere readable in the store', async () => {
    await setUp()
    const [shop] = await openShops(db().prisma, db().cipher)
    const stored = JSON.stringify(await db().query('SELECT * FROM shop'))
    expect(stored).not.toContain(shop?.linkKey)
    expect(stored).not.toContain(Buffer.from(shop?.secret ?? []).toString('base64url'))
  })

  test('stay when the list of shops is published again; a shop taken off the list closes, and may come back', async () => {
    const { url } = await setUp()
    const before = url('kamakura').href
    const kind = shopDefinitions.find((one) => one.kind === 'shops')
    const put = (ids: string[]) =>
      db().transaction(async (tx) => {
        const shops = ids.map((id) => ({ id, name: { ja: '店', en: 'Shop' } }))
        await kind?.published?.(tx, db().cipher, { shops }, new Date())
      })
    await put(['kichijoji'])
    expect((await openShops(db().prisma, db().cipher)).map(({ id }) => id)).toEqual(['kichijoji'])
    await put(['kichijoji', 'kamakura'])
    const [, kamakura] = await counterUrls(db().prisma, db().cipher, PUBLIC_URL)
    expect(kamakura).toEqual({ shop: 'kamakura', name: { ja: '店', en: 'Shop' }, url: before })
  })
})

describe('the page', () => {
  test('shows the shop in both languages, the QR code and the code in text', async () => {
    const { app, url, code } = await setUp()
    const page = await app.request(url('kichijoji').href)
    expect(page.status).toBe(200)
    const html = await page.text()
    for (const part of ['喫茶またね', '吉祥寺店', 'Kichijoji', (await code('kichijoji')).code])
      expect(html).toContain(part)
    expect(html).toContain(encodeURIComponent((await code('kichijoji')).svg))
  })

  test('is kept by nobody, told to nobody, and runs nothing but its own script', async () => {
    const { app, url } = await setUp()
    const page = await app.request(url('kichijoji').href)
    const policy = page.headers.get('content-security-policy') ?? ''
    const [, nonce] = /script-src 'nonce-([^']{20,})'/.exec(policy) ?? []
    expect(await page.text()).toContain(`<script nonce="${nonce}">`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).not.toContain('unsafe')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await app.request(url('kichijoji').href)).headers.get('content-security-policy')).not.toBe(policy)
  })

  test('cannot be broken by the names that a shop chooses', async () => {
    const evil = '</script><img src=x onerror=alert(1)>'
    const { app, url } = await setUp()
    const short = { ja: evil.slice(0, 40), en: evil.slice(0, 40) }
    const body = { brand: { name: short, colour: '#7a4b2a' }, shops: [{ id: 'kichijoji', name: short }] }
    await db().transaction((tx) => publish(tx, { kind: 'shops', key: 'shops', body, at: new Date() }))
    await db().prisma.shop.updateMany({ data: { nameJa: evil, nameEn: evil } })
    const html = await (await app.request(url('kichijoji').href)).text()
    expect(html).not.toContain('<img src=x')
    expect(html.match(/<\/script>/g)).toHaveLength(1)
  })

  test.each([
    ['a wrong key', (url: URL) => `${url.pathname}?key=${'A'.repeat(32)}`],
    ['no key', (url: URL) => url.pathname],
    ['an empty key', (url: URL) => `${url.pathname}?key=`],
    ['the key and more', (url: URL) => `${url.pathname}${url.search}x`],
    ["another shop's key", (url: URL) => `/counter/kamakura${url.search}`],
    ['an unknown shop', (url: URL) => `/counter/shibuya${url.search}`]
  ])('with %s is not there, and says whom to ask; no code is told either', async (_what, make) => {
    const { app, url, scope } = await setUp()
    const path = make(url('kichijoji'))
    const page = await app.request(path)
    expect(page.status).toBe(404)
    const html = await page.text()
    expect(html).toContain('管理者から新しいアドレス')
    expect(html).not.toContain('kichijoji')
    const json = await app.request(path.replace(/^(\/counter\/\w+)/, '$1/code'))
    expect(json.status).toBe(404)
    expect(await json.text()).not.toContain('svg')
    expect(scope.lines).toEqual([])
  })

  test('stops working at its old address when the keys are changed, and a code that it has shown is worth nothing', async () => {
    const { app, url, code, clock } = await setUp()
    const read = readCode((await code('kichijoji')).code)
    expect(await db().transaction((tx) => rotateKeys(tx, db().cipher, 'kichijoji'))).toBe(true)
    expect((await app.request(url('kichijoji').href)).status).toBe(404)
    const [kichijoji] = await counterUrls(db().prisma, db().cipher, PUBLIC_URL)
    expect((await app.request(kichijoji?.url ?? '')).status).toBe(200)
    const shop = await findShop(db().prisma, db().cipher, 'kichijoji')
    const now = { sentAtMs: clock.at.getTime(), nowMs: clock.at.getTime() }
    expect(read?.kind === 'code' && shop && checkCode(read.code, shop.secret, now)).toEqual({
      ok: false,
      kind: 'forged'
    })
    expect(await db().transaction((tx) => rotateKeys(tx, db().cipher, 'shibuya'))).toBe(false)
  })

  test('works while no card is published', async () => {
    const { app, url } = await setUp()
    await db().prisma.definition.deleteMany()
    expect((await app.request(url('kichijoji').href)).status).toBe(200)
  })
})

describe('the code that the page asks for', () => {
  test('changes every half minute, and says how long it has', async () => {
    const { code, clock } = await setUp()
    const first = await code('kichijoji')
    expect(first).toMatchObject({ expiresInMs: 20_000, stepMs: 30_000 })
    clock.at = new Date(clock.at.getTime() + 19_999)
    expect(await code('kichijoji')).toMatchObject({ code: first.code, expiresInMs: 1 })
    clock.at = new Date(clock.at.getTime() + 1)
    const second = await code('kichijoji')
    expect(second.code).not.toBe(first.code)
    expect(second.expiresInMs).toBe(30_000)
  })

  test('opens the chat of the account with a text that is a good code', async () => {
    const { code, clock } = await setUp()
    const { link } = await code('kamakura')
    const [, bot = '', text = ''] = /^https:\/\/line\.me\/R\/oaMessage\/([^/]+)\/\?(.+)$/.exec(link) ?? []
    expect(decodeURIComponent(bot)).toBe('@123abcde')
    expect(decodeURIComponent(text)).toMatch(/^スタンプ kamakura\./)
    const read = readCode(decodeURIComponent(text))
    const shop = await findShop(db().prisma, db().cipher, 'kamakura')
    const now = { sentAtMs: clock.at.getTime(), nowMs: clock.at.getTime() }
    expect(read?.kind === 'code' && shop && checkCode(read.code, shop.secret, now).ok).toBe(true)
  })
})
