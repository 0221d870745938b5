import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { shopifyCustomer, shopifyOrder, shopifyRefund } from '../../../test/support/hook-payloads.ts'
import { fromShopify } from '../../../test/support/hook-requests.ts'
import { hookWorld } from '../../../test/support/hook-world.ts'

const db = useDatabase()
const GUEST = { customer: null, email: null, phone: null }
const order = (more: object = {}, topic = 'orders/paid') => fromShopify(topic, shopifyOrder(more))
const stats = () => db().prisma.customerStats.findFirst()

describe('an order', () => {
  test('is recorded with its lines and coupon, and leads to its customer', async () => {
    const { tell, events, heard, scope } = await hookWorld(db())
    scope.at = new Date('2026-11-20T01:00:00Z')
    await tell(order())
    expect(await events()).toMatchObject([
      {
        ...{
          name: 'order.completed',
          at: '2026-11-20T00:00:05.000Z',
          source: 'shopify',
          sourceId: 'order:5820000000001'
        },
        properties: {
          ...{ order_id: '5820000000001', amount: 3200, coupon: 'WELCOME' },
          lines: [{ sku: 'BEANS-200', quantity: 2, amount: 3200 }]
        }
      }
    ])
    const channels = (await db().prisma.identity.findMany()).map(({ channel }) => channel).sort()
    expect(channels).toEqual(['ec', 'email', 'phone'])
    expect(heard).toMatchObject([{ name: 'order.completed', properties: { amount: 3200 } }])
  })

  test('counts once, though both orders/create and orders/paid tell of it, each of them twice', async () => {
    const { tell, inbox } = await hookWorld(db())
    const created = fromShopify('orders/create', shopifyOrder(), { id: 'w-1' })
    const paid = fromShopify('orders/paid', shopifyOrder(), { id: 'w-2' })
    expect(await tell(paid, created, created, paid)).toEqual([200, 200, 200, 200])
    expect(await stats()).toMatchObject({ orders: 1, amountYen: 3200n })
    expect(await inbox()).toHaveLength(2)
  })

  test('that is not paid yet only says who it is of; it counts when it is paid', async () => {
    const { tell, events } = await hookWorld(db())
    await tell(order({ financial_status: 'pending' }, 'orders/create'))
    expect(await events()).toEqual([])
    expect(await db().prisma.customer.count()).toBe(1)
    await tell(order())
    expect(await events()).toHaveLength(1)
  })

  test('of a guest is known by the address alone; later with an account, it is the same customer', async () => {
    const { tell, events } = await hookWorld(db())
    await tell(order({ id: 1, customer: null }), order({ id: 2 }))
    expect(new Set((await events()).map(({ customerId }) => customerId)).size).toBe(1)
  })

  test('of nobody (cash at the till) is acknowledged and counts for nobody', async () => {
    const { tell, events, inbox, scope } = await hookWorld(db())
    expect(await tell(order(GUEST))).toEqual([200])
    expect(await events()).toEqual([])
    expect(await inbox()).toMatchObject([{ state: 'done' }])
    expect(scope.lines).toMatchObject([{ level: 'info', data: { hook: 'shopify', events: 1 } }])
  })

  test('placed as a test is none', async () => {
    const { tell, events } = await hookWorld(db())
    await tell(order({ test: true }))
    expect(await events()).toEqual([])
  })

  test.each([
    [{ currency: 'USD', total_price: '32.50' }, 'the currency is USD'],
    [{ total_price: '3200.50' }, 'not a whole number of yen'],
    [{ total_price: '-5' }, 'amount must not be negative'],
    [{ processed_at: 'yesterday' }, 'the time is not readable'],
    [{ processed_at: '2027-11-20T09:00:05+09:00' }, 'must not be more than a day ahead'],
    [{ line_items: 'none' }, 'line_items']
  ])('with %j is laid aside, and the reason says what is wrong', async (more, reason) => {
    const { tell, events, inbox } = await hookWorld(db())
    expect(await tell(order(more))).toEqual([200])
    expect(await inbox()).toMatchObject([{ state: 'dead', kept: true, lastError: expect.stringContaining(reason) }])
    expect(await events()).toEqual([])
    expect(await db().prisma.customer.count()).toBe(0)
  })
})

describe('a refund, which names no customer', () => {
  const refund = (more: object = {}) => fromShopify('refunds/create', shopifyRefund(more))

  test('belongs to whoever the order is of', async () => {
    const { tell, events } = await hookWorld(db())
    await tell(order({ id: 1, customer: shopifyCustomer({ id: 1, email: 'a@example.jp', phone: null }), email: null }))
    await tell(order())
    await tell(refund())
    const [, , refunded] = await events()
    expect(refunded).toMatchObject({ name: 'order.refunded', properties: { order_id: '5820000000001', amount: 1600 } })
    const owner = (await events()).find(({ sourceId }) => sourceId === 'order:5820000000001')
    expect(refunded?.customerId).toBe(owner?.customerId)
  })

  test('that overtakes its order waits for it, and the record is the same', async () => {
    const { tell, events, scope, engine } = await hookWorld(db())
    await tell(refund())
    expect(await events()).toEqual([])
    expect(JSON.stringify(await db().query('SELECT body FROM timer'))).not.toContain('5820000000001')
    await tell(order())
    expect(await stats()).toMatchObject({ amountYen: 3200n })
    scope.at = new Date(scope.at.getTime() + 61_000)
    await engine.drain()
    expect(await stats()).toMatchObject({ orders: 1, amountYen: 1600n, refundedYen: 1600n })
    expect(await db().prisma.timer.count()).toBe(0)
  })

  test('whose order is never told is laid aside after three days', async () => {
    const { tell, scope, engine, inbox } = await hookWorld(db())
    await tell(refund())
    const start = scope.at.getTime()
    for (let hours = 1; hours <= 78; hours += 1) {
      scope.at = new Date(start + hours * 3_600_000)
      await engine.drain()
    }
    const last = (await inbox()).at(-1)
    expect(last).toMatchObject({ state: 'dead', lastError: expect.stringContaining('an order that was never told') })
    expect(await db().prisma.timer.count()).toBe(0)
  })

  test('that gave no money back is none', async () => {
    const { tell, events, inbox } = await hookWorld(db())
    await tell(order(), refund({ transactions: [] }))
    expect(await events()).toHaveLength(1)
    expect((await inbox()).map(({ state }) => state)).toEqual(['done', 'done'])
  })
})

test('a customer’s identities, name and prefecture are known; the newest word counts', async () => {
  const { tell, scope } = await hookWorld(db())
  const newer = shopifyCustomer({ last_name: '鈴木', updated_at: '2026-11-20T10:00:00+09:00' })
  await tell(fromShopify('customers/update', newer), fromShopify('customers/create', shopifyCustomer()))
  expect(await db().prisma.customer.count()).toBe(1)
  const rows = await db().prisma.customerAttribute.findMany({ orderBy: { name: 'asc' } })
  expect(rows).toMatchObject([{ name: 'name' }, { name: 'prefecture', coarse: '東京都' }])
  const { customerAttributes } = await import('../customers/index.ts')
  const known = await customerAttributes(db().prisma, db().cipher, rows[0]?.customerId ?? '')
  expect(JSON.stringify([...known])).toContain('鈴木 花子')
  expect(scope.lines.filter(({ level }) => level !== 'info')).toEqual([])
})

describe('demands of privacy law', () => {
  const shop = { shop_id: 954889, shop_domain: 'kissa-matane.myshopify.com' }
  const customer = { id: 7_310_000_000_001, email: 'hanako@example.jp', phone: '+819012345678' }
  test.each([
    ['customers/data_request', { ...shop, customer, orders_requested: [1], data_request: { id: 9999 } }, '開示請求'],
    ['customers/redact', { ...shop, customer, orders_to_redact: [1] }, '削除請求'],
    ['shop/redact', shop, 'ショップデータの削除請求']
  ])(
    '%s about nobody here is acknowledged, and staff are told once, by id and nothing personal',
    async (topic, payload, words) => {
      const { tell } = await hookWorld(db())
      const posted = fromShopify(topic, payload, { id: `demand-${topic}` })
      expect(await tell(posted, posted)).toEqual([200, 200])
      const notices = await db().prisma.outbox.findMany({ where: { channel: 'slack' } })
      expect(notices).toHaveLength(1)
      const text = db().cipher.open('outbox.payload', notices[0]?.payloadSealed ?? '')
      expect(text).toContain(words)
      expect(text).not.toMatch(/hanako|9012345678/)
    }
  )
})

test('a topic that we do not know is acknowledged and means nothing', async () => {
  const { tell, events, inbox } = await hookWorld(db())
  expect(await tell(fromShopify('inventory_levels/update', { inventory_item_id: 1, available: 6 }))).toEqual([200])
  expect(await events()).toEqual([])
  expect(await inbox()).toMatchObject([{ state: 'done', kept: false }])
})
