import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { shopifyOrder, shopifyRefund, stripeEvent, stripeInvoice } from '../support/hook-payloads.ts'
import { fromShopify, fromStripe, type Posted } from '../support/hook-requests.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

async function post({ path, headers, body }: Posted): Promise<number> {
  const { status } = await fetch(world().origin + path, { method: 'POST', headers, body })
  await world().settle()
  return status
}

/** An order of a minute ago, by the sandbox's clock. */
function order(more: object = {}) {
  const at = new Date(world().sandbox.clock.now().getTime() - 60_000).toISOString()
  return shopifyOrder({ created_at: at, processed_at: at, ...more })
}

test('a shop’s order and its refund count for its customer; what is not signed changes nothing', async () => {
  const forged = { ...fromShopify('orders/paid', order()), body: JSON.stringify(order({ total_price: '999999' })) }
  expect(await post(forged)).toBe(401)
  expect(await db().prisma.customer.count()).toBe(0)

  const posted = fromShopify('orders/paid', order())
  expect([await post(posted), await post(posted)]).toEqual([200, 200])
  expect(await post(fromShopify('refunds/create', shopifyRefund({ processed_at: new Date().toISOString() })))).toBe(200)
  expect(await db().prisma.customerStats.findMany()).toMatchObject([
    { orders: 1, amountYen: 1600n, refundedYen: 1600n }
  ])
})

test('an order in dollars is told to staff as a number that they can look up, and waits there', async () => {
  const { aya } = actors
  const created = Math.floor(world().sandbox.clock.now().getTime() / 1000) - 60
  expect(await post(fromStripe(stripeEvent('invoice.paid', stripeInvoice({ currency: 'usd' }), { created })))).toBe(200)
  expect(aya.said('cs-alerts')).toMatch(/hook.*dead revive inbox:\d+/)
  expect(await db().prisma.inbox.findMany({ where: { state: 'dead' } })).toMatchObject([
    { source: 'hook', lastError: expect.stringContaining('the currency is USD') }
  ])
})

test('a demand of privacy law reaches staff, by the shop’s number of the customer alone', async () => {
  const { aya } = actors
  const customer = { id: 7_310_000_000_001, email: 'hanako@example.jp', phone: '+819012345678' }
  const demand = { shop_id: 954889, shop_domain: 'kissa-matane.myshopify.com', customer, orders_to_redact: [] }
  expect(await post(fromShopify('customers/redact', demand))).toBe(200)
  expect(aya.said('cs-alerts')).toMatch(/削除請求.*7310000000001/)
  expect(aya.said('cs-alerts')).not.toContain('hanako@')
})

test('a hundred webhooks at once are not slowed down by address, and each counts once', async () => {
  const orders = Array.from({ length: 100 }, (_, n) => fromShopify('orders/paid', order({ id: 1_000 + n })))
  const statuses = await Promise.all(
    orders.map(
      async ({ path, headers, body }) => (await fetch(world().origin + path, { method: 'POST', headers, body })).status
    )
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  await world().settle()
  expect(await db().prisma.customerStats.findMany()).toMatchObject([{ orders: 100 }])
}, 60_000)
