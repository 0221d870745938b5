import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import {
  shopifyOrder,
  smaregiTransaction,
  squarePayment,
  stripeCustomer,
  stripeEvent
} from '../../../test/support/hook-payloads.ts'
import {
  fromShopify,
  fromSmaregi,
  fromSquare,
  fromStripe,
  fromTill,
  HOOK_SECRETS,
  type Posted
} from '../../../test/support/hook-requests.ts'
import { hookWorld } from '../../../test/support/hook-world.ts'

const db = useDatabase()
const nowSeconds = () => Math.floor(Date.now() / 1000)
const SALE = { type: 'sale', sales: [{ no: 1, at: '2026/11/20 12:00', member: 'M-1', total: 500 }] }

const RIGHT: readonly (readonly [string, () => Posted])[] = [
  ['Stripe', () => fromStripe(stripeEvent('customer.created', stripeCustomer()))],
  ['Shopify', () => fromShopify('orders/paid', shopifyOrder())],
  ['Square', () => fromSquare(squarePayment())],
  ['Smaregi', () => fromSmaregi(smaregiTransaction())],
  ['a system of the shop’s own', () => fromTill(SALE)]
]

const altered = (posted: Posted): Posted => ({ ...posted, body: posted.body.replace(/\d(?=[^\d]*$)/, '7') })
const without = (posted: Posted, part: RegExp): Posted => ({
  ...posted,
  headers: Object.fromEntries(Object.entries(posted.headers).filter(([name]) => !part.test(name)))
})

describe.each(RIGHT)('a webhook of %s', (name, make) => {
  test('rightly signed is stored, and acknowledged only then', async () => {
    const { post, inbox } = await hookWorld(db())
    expect(await post(make())).toBe(200)
    expect(await inbox()).toMatchObject([{ state: 'ready', kept: true }])
  })

  test('without its proof is refused, and nothing is kept', async () => {
    const { post, inbox } = await hookWorld(db())
    expect(await post(without(make(), /signature|hmac|secret/))).toBe(401)
    expect(await inbox()).toEqual([])
  })

  test.skipIf(name === 'Smaregi')('changed by one digit is refused', async () => {
    const { post, inbox } = await hookWorld(db())
    expect(await post(altered(make()))).toBe(401)
    expect(await inbox()).toEqual([])
  })

  test('for a source without a secret finds nothing', async () => {
    const { post, config, inbox } = await hookWorld(db())
    Object.assign(config, { hookSecrets: new Map() })
    expect(await post(make())).toBe(404)
    expect(await inbox()).toEqual([])
  })

  test('is told again when the store cannot take it', async () => {
    const { post, scope } = await hookWorld(db())
    const { query } = db()
    try {
      Object.assign(db(), { query: () => Promise.reject(new Error('the database is away')) })
      expect(await post(make())).toBe(503)
    } finally {
      Object.assign(db(), { query })
    }
    expect(scope.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})

test.each([
  ['Stripe, with another secret', () => fromStripe({ id: 'evt_1' }, { secret: `whsec_${'x'.repeat(24)}` })],
  ['Stripe, signed ten minutes ago', () => fromStripe({ id: 'evt_1' }, { atSeconds: nowSeconds() - 600 })],
  ['Stripe, signed ten minutes ahead', () => fromStripe({ id: 'evt_1' }, { atSeconds: nowSeconds() + 600 })],
  ['Shopify, with another secret', () => fromShopify('orders/paid', shopifyOrder(), { secret: 'shpss_another' })],
  ['Square, for another address', () => fromSquare(squarePayment(), { url: 'https://evil.example.com/hooks/square' })],
  ['Smaregi, with another secret', () => fromSmaregi(smaregiTransaction(), 'guessed')],
  ['a till, signed ten minutes ago', () => fromTill(SALE, { at: new Date(Date.now() - 600_000) })]
])('%s: refused, and the log says why without the secret', async (_, make) => {
  const { post, inbox, scope } = await hookWorld(db())
  expect(await post(make())).toBe(401)
  expect(await inbox()).toEqual([])
  const [line] = scope.lines
  expect(line).toMatchObject({ level: 'warn', data: { verdict: expect.stringMatching(/^(wrong|stale)$/) } })
  for (const secret of Object.values(HOOK_SECRETS)) expect(JSON.stringify(scope.lines)).not.toContain(secret)
})

test('what was signed too long ago is told apart from what was signed by somebody else', async () => {
  const { post, scope } = await hookWorld(db())
  await post(fromStripe({ id: 'evt_1' }, { atSeconds: nowSeconds() - 600 }))
  await post(fromStripe({ id: 'evt_1' }, { atSeconds: nowSeconds() + 600 }))
  await post(fromTill(SALE, { at: new Date(Date.now() - 600_000) }))
  await post(fromStripe({ id: 'evt_1' }, { secret: `whsec_${'x'.repeat(24)}` }))
  expect(scope.lines.map(({ data }) => data?.verdict)).toEqual(['stale', 'stale', 'stale', 'wrong'])
})

test('while a secret changes, both the old and the new one are good', async () => {
  const { post, config } = await hookWorld(db())
  Object.assign(config, { hookSecrets: new Map([['shopify', ['shpss_the-new-secret', HOOK_SECRETS.shopify]]]) })
  expect(await post(fromShopify('orders/paid', shopifyOrder()))).toBe(200)
  expect(await post(fromShopify('orders/paid', shopifyOrder(), { secret: 'shpss_the-new-secret' }))).toBe(200)
  expect(await post(fromShopify('orders/paid', shopifyOrder(), { secret: 'shpss_a-third-secret' }))).toBe(401)
})

test('a secret opens its own source only', async () => {
  const { post } = await hookWorld(db())
  const { headers, body } = fromShopify('orders/paid', shopifyOrder(), { secret: HOOK_SECRETS.square })
  expect(await post({ path: '/hooks/shopify', headers, body })).toBe(401)
  expect(await post({ path: '/hooks/constructor', headers, body })).toBe(404)
})

test('a second shop of the same kind has an address and a secret of its own', async () => {
  const { tell, config, events } = await hookWorld(db())
  Object.assign(config, { hookSecrets: new Map([['shopify-kids', ['shpss_of-the-kids-shop']]]) })
  const posted = fromShopify('orders/paid', shopifyOrder(), { secret: 'shpss_of-the-kids-shop' })
  expect(await tell({ ...posted, path: '/hooks/shopify-kids' })).toEqual([200])
  expect(await events()).toMatchObject([{ name: 'order.completed', source: 'shopify-kids' }])
})

test('a megabyte is taken, and more than two are not', async () => {
  const { tell, inbox, events } = await hookWorld(db())
  const note = (megabytes: number) => shopifyOrder({ note: '長'.repeat(Math.round((megabytes * 1_000_000) / 3)) })
  expect(await tell(fromShopify('orders/paid', note(1)))).toEqual([200])
  expect(await tell(fromShopify('orders/paid', note(2.1)))).toEqual([413])
  expect(await inbox()).toHaveLength(1)
  expect(await events()).toHaveLength(1)
})

test('what is no JSON is kept for people to look at', async () => {
  const { tell, inbox } = await hookWorld(db())
  expect(await tell(fromTill('{"type":"sale"'))).toEqual([200])
  expect(await inbox()).toMatchObject([{ state: 'quarantined', kept: true }])
})

test('neither the words of a webhook nor what proved it can be read in the store', async () => {
  const { post } = await hookWorld(db())
  for (const [, make] of RIGHT) await post(make())
  const rows = JSON.stringify(await db().query('SELECT * FROM inbox'))
  expect(rows).not.toMatch(/hanako|佐藤|012345678/)
  const opened = (await db().prisma.inbox.findMany()).map((row) => db().cipher.open('inbox.body', row.bodySealed))
  for (const secret of Object.values(HOOK_SECRETS)) expect(opened.join()).not.toContain(secret)
  expect(opened.join()).not.toMatch(/signature|hmac|x-matane-secret/)
})
