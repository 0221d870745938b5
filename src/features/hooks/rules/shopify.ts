/** What Shopify's webhooks mean. Facts: shopify.dev/docs/api/admin-rest (orders, refunds, customers), mandatory privacy topics. */
import { z } from 'zod'
import type { Delivery, HookEvent, Named, PrivacyDemand, Understood } from './delivery.ts'
import { NOTHING } from './delivery.ts'
import { momentOf } from './moment.ts'
import { expectForm, Id, optional } from './refusal.ts'
import { yenOf } from './yen.ts'

const Written = z.string()
const Person = z.object({
  id: optional(Id),
  email: optional(Written),
  phone: optional(Written),
  first_name: optional(Written),
  last_name: optional(Written),
  updated_at: optional(Written),
  default_address: optional(z.object({ province_code: optional(Written), country_code: optional(Written) }))
})

const Order = z.object({
  id: Id,
  test: optional(z.boolean()),
  created_at: Written,
  processed_at: optional(Written),
  financial_status: optional(Written),
  currency: Written,
  total_price: z.union([Written, z.number()]),
  email: optional(Written),
  phone: optional(Written),
  customer: optional(Person),
  discount_codes: optional(z.array(z.object({ code: optional(Written) }))),
  line_items: optional(
    z.array(
      z.object({
        sku: optional(Written),
        variant_id: optional(Id),
        quantity: z.int(),
        price: z.union([Written, z.number()]),
        total_discount: optional(z.union([Written, z.number()]))
      })
    )
  )
})
type Order = z.output<typeof Order>

const Refund = z.object({
  id: Id,
  order_id: Id,
  created_at: Written,
  processed_at: optional(Written),
  transactions: z.array(
    z.object({ kind: Written, status: Written, amount: z.union([Written, z.number()]), currency: optional(Written) })
  )
})

const Demand = z.object({
  customer: optional(z.object({ id: optional(Id), email: optional(Written), phone: optional(Written) })),
  shop_domain: optional(Written)
})

type Read = (delivery: Delivery) => Understood

const READERS: Readonly<Record<string, Read>> = {
  'orders/create': readOrder,
  'orders/paid': readOrder,
  'refunds/create': readRefund,
  'customers/create': readPerson,
  'customers/update': readPerson,
  'customers/data_request': (delivery) => readDemand(delivery, 'data_request'),
  'customers/redact': (delivery) => readDemand(delivery, 'erasure'),
  'shop/redact': (delivery) => readDemand(delivery, 'shop_erasure')
}

/** What a webhook of Shopify's means; nothing for the topics we do not know. */
export function readShopify(delivery: Delivery): Understood {
  const read = Object.hasOwn(READERS, delivery.topic) ? READERS[delivery.topic] : undefined
  return read ? read(delivery) : NOTHING
}

/** An order counts when it is paid, whichever topic says so first; until then it only says who the customer is. */
const PAID = new Set(['paid', 'partially_refunded', 'refunded'])
const MOST_LINES = 200

function readOrder({ topic, body, id }: Delivery): Understood {
  const order = expectForm(Order, body, topic)
  if (order.test) return NOTHING
  const who = named({ ...order.customer }, order)
  const common = { at: time(order.processed_at ?? order.created_at), who }
  if (!PAID.has(order.financial_status ?? '')) return { events: [{ ...common, name: undefined, id, properties: {} }] }
  return {
    events: [{ ...common, name: 'order.completed', id: `order:${order.id}`, properties: orderProperties(order) }]
  }
}

function orderProperties(order: Order) {
  const lines = (order.line_items ?? []).slice(0, MOST_LINES).map((line) => ({
    sku: line.sku || line.variant_id,
    quantity: line.quantity,
    amount: Math.max(
      0,
      yenOf(line.price, order.currency) * line.quantity - yenOf(line.total_discount ?? 0, order.currency)
    )
  }))
  return {
    order_id: order.id,
    amount: yenOf(order.total_price, order.currency),
    coupon: order.discount_codes?.[0]?.code,
    ...(lines.length > 0 && { lines })
  }
}

/** A refund names no customer, only its order. What was taken off the bill without paying anything back is no refund. */
function readRefund({ topic, body }: Delivery): Understood {
  const refund = expectForm(Refund, body, topic)
  const amount = refund.transactions
    .filter(({ kind, status }) => kind === 'refund' && status === 'success')
    .reduce((sum, transaction) => sum + yenOf(transaction.amount, transaction.currency), 0)
  if (amount === 0) return NOTHING
  const event: HookEvent = {
    name: 'order.refunded',
    id: `refund:${refund.id}`,
    at: time(refund.processed_at ?? refund.created_at),
    who: [],
    ofOrder: `order:${refund.order_id}`,
    properties: { order_id: refund.order_id, amount }
  }
  return { events: [event] }
}

function readPerson({ topic, body, id, receivedAt }: Delivery): Understood {
  const person = expectForm(Person, body, topic)
  const at = person.updated_at === undefined ? receivedAt : time(person.updated_at)
  return { events: [{ name: undefined, id, at, who: named(person), about: aboutOf(person), properties: {} }] }
}

function readDemand({ topic, body }: Delivery, kind: PrivacyDemand['kind']): Understood {
  const { customer } = expectForm(Demand, body, topic)
  return { events: [], demands: [{ kind, customer: customer?.id, who: named({ ...customer }) }] }
}

type Person = Partial<z.output<typeof Person>>

function named(
  person: Person,
  order: Pick<Order, 'email' | 'phone'> = { email: undefined, phone: undefined }
): Named[] {
  const told = [
    { kind: 'ec', value: person.id },
    { kind: 'email', value: person.email ?? order.email },
    { kind: 'phone', value: person.phone ?? order.phone }
  ]
  return told.filter(({ value }) => value !== undefined && value !== '')
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

function aboutOf({ first_name: first, last_name: last, default_address: address }: Person) {
  const isJapanese = JAPANESE.test(`${last}${first}`)
  const name = (isJapanese ? [last, first] : [first, last]).filter(Boolean).join(' ')
  return { name: name || undefined, prefecture: address?.country_code === 'JP' ? address.province_code : undefined }
}

/** Shopify writes ISO 8601 with its zone. */
function time(written: string): Date {
  return momentOf(written, 'UTC')
}
