import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import {
  stripeCharge,
  stripeCheckout,
  stripeCustomer,
  stripeEvent,
  stripeInvoice,
  stripeSubscription
} from '../../../test/support/hook-payloads.ts'
import { fromStripe } from '../../../test/support/hook-requests.ts'
import { hookWorld } from '../../../test/support/hook-world.ts'
import { createPerform } from '../../platform/perform.ts'
import { customersFeature } from '../customers/index.ts'
import { eraseCustomer } from '../privacy/index.ts'

const db = useDatabase()
const DAY = 86_400
const START = 1_795_000_000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

const at = (type: string, object: object, more: Parameters<typeof stripeEvent>[2] = {}) =>
  fromStripe(stripeEvent(type, object, more))

async function setUp() {
  const world = await hookWorld(db())
  world.scope.at = new Date((START + 60 * DAY) * 1000)
  return world
}

const LIFE = () => [
  at('customer.created', stripeCustomer(), { id: 'evt_customer' }),
  at('customer.subscription.created', stripeSubscription({ status: 'trialing' }), { id: 'evt_created' }),
  at('invoice.paid', stripeInvoice(), { id: 'evt_paid' }),
  at('customer.subscription.updated', stripeSubscription({ cancel_at_period_end: true }), {
    ...{ id: 'evt_updated', created: START + 20 * DAY, before: { cancel_at_period_end: false } }
  }),
  at('invoice.payment_failed', stripeInvoice({ id: 'in_2', amount_paid: 0, attempt_count: 2, status: 'open' }), {
    ...{ id: 'evt_failed', created: START + 30 * DAY }
  }),
  at(
    'customer.subscription.deleted',
    stripeSubscription({
      ...{ status: 'canceled', ended_at: START + 40 * DAY },
      cancellation_details: { comment: '引っ越します', feedback: 'too_expensive', reason: 'cancellation_requested' }
    }),
    { id: 'evt_deleted', created: START + 40 * DAY + 3 }
  )
]

test('a subscription’s life is told: begun, paid, changed, failed, ended', async () => {
  const { tell, events } = await setUp()
  expect(await tell(...LIFE())).toEqual([200, 200, 200, 200, 200, 200])
  const plan = { subscription_id: 'sub_1Coffee', plan: 'coffee-monthly', interval: 'month' }
  const bill = { subscription_id: 'sub_1Coffee', amount: 2980 }
  expect(await events()).toMatchObject([
    { name: 'subscription.started', at: iso(START), properties: { ...plan, trial: true, amount: 2980 } },
    { name: 'subscription.paid', at: iso(START + 5), properties: { ...bill, invoice_id: 'in_1First' } },
    { name: 'subscription.updated', at: iso(START + 20 * DAY), properties: { ...plan, trial: false } },
    { name: 'subscription.payment_failed', at: iso(START + 30 * DAY), properties: { ...bill, attempt: 2 } },
    { name: 'subscription.cancelled', at: iso(START + 40 * DAY), properties: { ...plan, reason_code: 'too_expensive' } }
  ])
  expect(await db().prisma.customer.count()).toBe(1)
})

test('a cancellation of today is told to the features that listen, once', async () => {
  const { tell, scope, heard } = await setUp()
  scope.at = new Date((START + 40 * DAY + 60) * 1000)
  await tell(...LIFE(), ...LIFE())
  expect(heard.map(({ name }) => name)).toEqual(['subscription.cancelled'])
})

test('what a subscription pays counts as money spent', async () => {
  const { tell } = await setUp()
  await tell(...LIFE())
  expect(await db().prisma.customerStats.findFirst()).toMatchObject({
    ...{ amountYen: 2980n, orders: 0, subscriptionPaidAt: new Date((START + 5) * 1000) },
    subscriptionEndedAt: new Date((START + 40 * DAY) * 1000)
  })
})

test('in whatever order, and however often it is told, the record is the same', async () => {
  const { tell, events, later } = await setUp()
  const life = LIFE()
  await tell(...life)
  const strip = (rows: Awaited<ReturnType<typeof events>>) => rows.map(({ customerId: _, ...row }) => row)
  const first = strip(await events())
  const orders = fc.shuffledSubarray([...life, ...life], { minLength: life.length * 2 })
  await fc.assert(
    fc.asyncProperty(orders, async (posted) => {
      await db().query('TRUNCATE event, event_key, customer, inbox, timer CASCADE')
      await tell(...posted)
      await later(1)
      expect(strip(await events())).toEqual(first)
      expect(await db().prisma.customer.count()).toBe(1)
    }),
    { numRuns: 4 }
  )
}, 60_000)

test('one that waits for its first payment begins when that comes', async () => {
  const { tell, events } = await setUp()
  const created = at('customer.subscription.created', stripeSubscription({ status: 'incomplete' }))
  await tell(at('customer.created', stripeCustomer()), created)
  expect(await events()).toEqual([])
  const paid = { before: { status: 'incomplete' }, created: START + 60 }
  await tell(at('customer.subscription.updated', stripeSubscription(), paid))
  expect(await events()).toMatchObject([{ name: 'subscription.started', at: iso(START) }])
})

test('a renewal that changes nothing but dates is no change', async () => {
  const { tell, events } = await setUp()
  const before = { latest_invoice: 'in_0', current_period_end: START }
  await tell(at('customer.subscription.updated', stripeSubscription(), { before }))
  expect(await events()).toEqual([])
})

describe('a subscription that overtakes the news of whose it is', () => {
  const begun = () => at('customer.subscription.created', stripeSubscription(), { id: 'evt_created' })
  const names = async () => (await db().prisma.event.findMany()).map(({ name }) => name)

  test('waits a minute, and is of who is known by the address already', async () => {
    const { tell, later, events } = await setUp()
    await tell(at('checkout.session.completed', stripeCheckout({ customer: null })))
    await tell(begun())
    expect(await names()).toEqual(['order.completed'])
    expect(JSON.stringify(await db().query('SELECT body FROM timer'))).not.toContain('cus_')
    await tell(at('customer.created', stripeCustomer(), { id: 'evt_customer' }))
    await later(1)
    expect(new Set((await events()).map(({ customerId }) => customerId)).size).toBe(1)
    expect((await names()).sort()).toEqual(['order.completed', 'subscription.started'])
    expect(await db().prisma.likelyDuplicate.count()).toBe(0)
  })

  test('makes a customer of its own when nobody tells for a quarter of an hour', async () => {
    const { tell, later } = await setUp()
    await tell(begun(), begun())
    for (const minutes of [1, 2, 4]) {
      await later(minutes)
      expect(await names()).toEqual([])
    }
    await later(8)
    expect(await names()).toEqual(['subscription.started'])
    expect([await db().prisma.customer.count(), await db().prisma.timer.count()]).toEqual([1, 0])
  })

  test('of somebody who was erased is forgotten with its last look', async () => {
    const { tell, later, scope, features, inbox } = await setUp()
    await tell(at('customer.created', stripeCustomer(), { id: 'evt_customer' }))
    const { id } = await db().prisma.customer.findFirstOrThrow()
    await createPerform({ scope, features: [...features, customersFeature], onCommit: () => undefined })(
      'test:erase',
      (work) => eraseCustomer(work, id, { kind: 'system', id: 'matane' })
    )
    await tell(begun())
    for (const minutes of [1, 2, 4, 8]) await later(minutes)
    expect([await names(), await db().prisma.customer.count(), await db().prisma.timer.count()]).toEqual([[], 0, 0])
    expect((await inbox()).map(({ state }) => state)).not.toContain('dead')
  })
})

describe('refunds', () => {
  const refunded = (sum: number, before?: number) =>
    at('charge.refunded', stripeCharge({ amount_refunded: sum }), {
      id: `evt_refund_${sum}`,
      created: START + sum,
      before: { amount_refunded: before ?? 0 }
    })

  test('of a payment in parts are events of their own, which add up to what was paid', async () => {
    const { tell, events } = await setUp()
    await tell(at('checkout.session.completed', stripeCheckout()), refunded(3200, 1200), refunded(1200), refunded(1200))
    expect(await events()).toMatchObject([
      { name: 'order.completed', properties: { order_id: 'pi_3Beans', amount: 3200 } },
      { name: 'order.refunded', properties: { order_id: 'pi_3Beans', amount: 1200 } },
      { name: 'order.refunded', properties: { order_id: 'pi_3Beans', amount: 2000 } }
    ])
    expect(await db().prisma.customerStats.findFirst()).toMatchObject({ amountYen: 0n, refundedYen: 3200n, orders: 1 })
  })

  test('of more than was charged are laid aside', async () => {
    const { tell, events, inbox } = await setUp()
    await tell(at('charge.refunded', stripeCharge({ amount_refunded: 3201 })))
    expect(await inbox()).toMatchObject([
      { state: 'dead', lastError: expect.stringContaining('not part of what was charged') }
    ])
    expect(await events()).toEqual([])
  })
})

test('an invoice without a subscription is an order', async () => {
  const { tell, events } = await setUp()
  await tell(at('invoice.paid', stripeInvoice({ parent: null })))
  expect(await events()).toMatchObject([
    { name: 'order.completed', properties: { order_id: 'in_1First', amount: 2980 } }
  ])
})

test('older versions of the API say elsewhere which subscription an invoice is of', async () => {
  const { tell, events } = await setUp()
  await tell(at('invoice.paid', stripeInvoice({ parent: undefined, subscription: 'sub_1Coffee' })))
  expect(await events()).toMatchObject([{ name: 'subscription.paid', properties: { subscription_id: 'sub_1Coffee' } }])
})

test('another currency is laid aside at once, with the reason and for people to see; nothing is guessed', async () => {
  const { tell, events, inbox } = await setUp()
  await tell(at('invoice.paid', stripeInvoice({ currency: 'usd' })))
  expect(await inbox()).toMatchObject([
    { state: 'dead', attempts: 1, kept: true, lastError: expect.stringContaining('the currency is USD: only yen') }
  ])
  expect(await events()).toEqual([])
  const [notice] = await db().prisma.outbox.findMany()
  expect(db().cipher.open('outbox.payload', notice?.payloadSealed ?? '')).toMatch(/hook.*dead revive inbox:1/)
})

test('a subscription in another currency is known, without its amount', async () => {
  const { tell, events } = await setUp()
  await tell(
    at('customer.created', stripeCustomer()),
    at('customer.subscription.created', stripeSubscription({ currency: 'usd' }))
  )
  const [event] = await events()
  expect(event?.name).toBe('subscription.started')
  expect(event?.properties).not.toHaveProperty('amount')
})

test('the shop’s own ids in the metadata, address and number lead to one customer', async () => {
  const { tell } = await setUp()
  const metadata = { user_id: 'app-77', member_number: 'M-1', note: 'likes window seats' }
  await tell(
    at('customer.created', stripeCustomer({ metadata })),
    at(
      'checkout.session.completed',
      stripeCheckout({ customer: null, customer_details: null, client_reference_id: 'app-77' })
    )
  )
  expect(await db().prisma.customer.count()).toBe(1)
  const channels = (await db().prisma.identity.findMany()).map(({ channel }) => channel).sort()
  expect(channels).toEqual(['app', 'billing', 'email', 'phone', 'pos'])
  expect(await db().prisma.customerAttribute.findMany()).toMatchObject([{ name: 'name' }])
})

test.each([
  [
    'a type we do not know',
    'radar.early_fraud_warning.created',
    { id: 'issfr_1', object: 'radar.early_fraud_warning' }
  ],
  ['a set-up without a payment', 'checkout.session.completed', stripeCheckout({ mode: 'setup', amount_total: null })],
  ['a payment that is still on its way', 'checkout.session.completed', stripeCheckout({ payment_status: 'unpaid' })],
  ['a failed invoice of no subscription', 'invoice.payment_failed', stripeInvoice({ parent: null })]
])('%s is acknowledged, kept as done, and means nothing', async (_, type, object) => {
  const { tell, events, inbox } = await setUp()
  expect(await tell(at(type, object))).toEqual([200])
  expect(await events()).toEqual([])
  expect(await inbox()).toMatchObject([{ state: 'done', lastError: null }])
})

test('a form that we do not know is laid aside with the place, without what stands there', async () => {
  const { tell, inbox } = await setUp()
  await tell(at('invoice.paid', stripeInvoice({ amount_paid: '二千九百八十円', customer_email: 'hanako@example.jp' })))
  const [row] = await inbox()
  expect(row).toMatchObject({ state: 'dead', lastError: expect.stringContaining('at: amount_paid') })
  expect(row?.lastError).not.toMatch(/二千|hanako/)
})
