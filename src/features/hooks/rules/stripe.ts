/** What Stripe's events mean. Facts: docs.stripe.com/api/events/types; amounts in yen are whole yen there. */
import { z } from 'zod'
import { type Delivery, type HookEvent, type Named, NOTHING, type Understood } from './delivery.ts'
import { expectForm, Id, optional, Refusal } from './refusal.ts'
import { Metadata, metadataNames, type Notified, Ref } from './stripe-parts.ts'
import { subscriptionChanged, subscriptionEnded, subscriptionStarted } from './stripe-subscription.ts'
import { yenOf } from './yen.ts'

const Notification = z.object({
  id: z.string(),
  type: z.string(),
  created: z.int(),
  data: z.object({
    object: z.record(z.string(), z.unknown()),
    previous_attributes: optional(z.record(z.string(), z.unknown()))
  })
})

const READERS: Readonly<Record<string, (told: Notified) => HookEvent[]>> = {
  'customer.created': readCustomer,
  'customer.updated': readCustomer,
  'customer.subscription.created': subscriptionStarted,
  'customer.subscription.updated': subscriptionChanged,
  'customer.subscription.deleted': subscriptionEnded,
  'checkout.session.completed': readCheckout,
  'checkout.session.async_payment_succeeded': readCheckout,
  'invoice.paid': readPaid,
  'invoice.payment_failed': readFailed,
  'charge.refunded': readRefund
}

/** What a notification of Stripe's means; nothing for the types we do not know. */
export function readStripe({ body, topic }: Delivery): Understood {
  const read = Object.hasOwn(READERS, topic) ? READERS[topic] : undefined
  if (!read) return NOTHING
  const { id, created, data } = expectForm(Notification, body, topic)
  const told = { id, type: topic, atSeconds: created, object: data.object, before: data.previous_attributes ?? {} }
  return { events: read(told) }
}

const Customer = z.object({
  id: z.string(),
  name: optional(z.string()),
  email: optional(z.string()),
  phone: optional(z.string()),
  metadata: Metadata
})

function readCustomer(told: Notified): HookEvent[] {
  const customer = expectForm(Customer, told.object, told.type)
  const who = named(customer.id, customer.email, customer.phone, customer.metadata)
  return [{ name: undefined, id: told.id, at: at(told.atSeconds), who, about: { name: customer.name }, properties: {} }]
}

const Checkout = z.object({
  id: z.string(),
  mode: z.string(),
  payment_status: z.string(),
  payment_intent: optional(Ref),
  customer: optional(Ref),
  client_reference_id: optional(z.string()),
  customer_details: optional(z.object({ email: optional(z.string()), phone: optional(z.string()) })),
  amount_total: optional(z.int()),
  currency: optional(z.string()),
  metadata: Metadata
})

/** A single payment is an order; what a subscription pays comes with its invoices. */
function readCheckout(told: Notified): HookEvent[] {
  const session = expectForm(Checkout, told.object, told.type)
  if (session.mode !== 'payment' || session.payment_status !== 'paid') return []
  const orderId = session.payment_intent ?? session.id
  const { email, phone } = session.customer_details ?? {}
  const who = named(session.customer, email, phone, session.metadata)
  if (session.client_reference_id) who.push({ kind: 'app', value: session.client_reference_id })
  const properties = { order_id: orderId, amount: yenOf(session.amount_total, session.currency) }
  return [{ name: 'order.completed', id: `order:${orderId}`, at: at(told.atSeconds), who, properties }]
}

const Invoice = z.object({
  id: z.string(),
  customer: optional(Ref),
  customer_email: optional(z.string()),
  customer_phone: optional(z.string()),
  currency: z.string(),
  amount_paid: z.int(),
  amount_due: z.int(),
  attempt_count: optional(z.int()),
  status_transitions: optional(z.object({ paid_at: optional(z.int()) })),
  subscription: optional(Ref),
  /** Where newer API versions say which subscription it is of. */
  parent: optional(z.object({ subscription_details: optional(z.object({ subscription: optional(Ref) })) }))
})

function readPaid(told: Notified): HookEvent[] {
  const invoice = expectForm(Invoice, told.object, told.type)
  const amount = yenOf(invoice.amount_paid, invoice.currency)
  const paidAt = at(invoice.status_transitions?.paid_at ?? told.atSeconds)
  const subscription = subscriptionOf(invoice)
  const common = { at: paidAt, who: named(invoice.customer, invoice.customer_email, invoice.customer_phone) }
  if (subscription) {
    const properties = { subscription_id: subscription, invoice_id: invoice.id, amount }
    return [{ ...common, name: 'subscription.paid', id: `${invoice.id}:paid`, properties }]
  }
  const properties = { order_id: invoice.id, amount }
  return [{ ...common, name: 'order.completed', id: `order:${invoice.id}`, properties }]
}

/** Each attempt that fails is one event. An invoice that is of no subscription is a matter of its sender. */
function readFailed(told: Notified): HookEvent[] {
  const invoice = expectForm(Invoice, told.object, told.type)
  const subscription = subscriptionOf(invoice)
  if (!subscription) return []
  const attempt = invoice.attempt_count ?? 1
  return [
    {
      name: 'subscription.payment_failed',
      id: `${invoice.id}:failed:${attempt}`,
      at: at(told.atSeconds),
      who: named(invoice.customer, invoice.customer_email, invoice.customer_phone),
      properties: {
        subscription_id: subscription,
        invoice_id: invoice.id,
        amount: yenOf(invoice.amount_due, invoice.currency),
        attempt
      }
    }
  ]
}

function subscriptionOf({ subscription, parent }: z.output<typeof Invoice>): string | undefined {
  return subscription ?? parent?.subscription_details?.subscription
}

const Charge = z.object({
  id: z.string(),
  customer: optional(Ref),
  currency: z.string(),
  amount: z.int(),
  amount_refunded: z.int(),
  payment_intent: optional(Ref),
  invoice: optional(Ref),
  receipt_email: optional(z.string()),
  billing_details: optional(z.object({ email: optional(z.string()) })),
  metadata: Metadata
})
const Before = z.object({ amount_refunded: optional(z.int()) })

/** Stripe tells what was refunded in all; the event is what came on top. So its id is the sum, and order is no matter. */
function readRefund(told: Notified): HookEvent[] {
  const charge = expectForm(Charge, told.object, told.type)
  const before = expectForm(Before, told.before, told.type).amount_refunded ?? 0
  const amount = yenOf(charge.amount_refunded - before, charge.currency)
  if (amount <= 0 || charge.amount_refunded > charge.amount)
    throw new Refusal('the refund is not part of what was charged')
  const orderId = charge.invoice ?? charge.payment_intent ?? charge.id
  return [
    {
      name: 'order.refunded',
      id: `${Id.parse(charge.id)}:refunded:${charge.amount_refunded}`,
      at: at(told.atSeconds),
      who: named(charge.customer, charge.billing_details?.email ?? charge.receipt_email, undefined, charge.metadata),
      properties: { order_id: orderId, amount }
    }
  ]
}

function named(
  customer: string | undefined,
  email: string | undefined,
  phone: string | undefined,
  metadata: z.output<typeof Metadata> = undefined
): Named[] {
  const told = [
    { kind: 'billing', value: customer },
    { kind: 'email', value: email },
    { kind: 'phone', value: phone },
    ...metadataNames(metadata)
  ]
  return told.filter(({ value }) => value !== undefined)
}

function at(seconds: number): Date {
  return new Date(seconds * 1000)
}
