/** The life of a subscription at Stripe. Ids are "<subscription>:<what>", so that each turn of it happens once. */
import { z } from 'zod'
import type { HookEvent } from './delivery.ts'
import { expectForm, optional } from './refusal.ts'
import { Metadata, metadataNames, type Notified, Ref } from './stripe-parts.ts'
import { yenIfAny } from './yen.ts'

const Price = z.object({
  id: z.string(),
  nickname: optional(z.string()),
  lookup_key: optional(z.string()),
  unit_amount: optional(z.int()),
  recurring: optional(z.object({ interval: z.string() }))
})

const Subscription = z.object({
  id: z.string(),
  customer: Ref,
  status: z.string(),
  currency: optional(z.string()),
  created: z.int(),
  start_date: optional(z.int()),
  canceled_at: optional(z.int()),
  ended_at: optional(z.int()),
  cancel_at_period_end: optional(z.boolean()),
  cancellation_details: optional(z.object({ feedback: optional(z.string()), reason: optional(z.string()) })),
  items: z.object({ data: z.array(z.object({ quantity: optional(z.int()), price: Price })) }),
  metadata: Metadata
})
type Subscription = z.output<typeof Subscription>

/** It has begun; one that is "incomplete" waits for its first payment. */
const BEGUN = new Set(['active', 'trialing', 'past_due'])
/** What a customer would call a change. A renewal changes dates and the latest invoice only. */
const CHANGES = ['items', 'plan', 'quantity', 'status', 'cancel_at_period_end', 'pause_collection', 'discounts']

export function subscriptionStarted(told: Notified): HookEvent[] {
  const subscription = expectForm(Subscription, told.object, told.type)
  return BEGUN.has(subscription.status) ? [started(subscription)] : []
}

export function subscriptionChanged(told: Notified): HookEvent[] {
  const subscription = expectForm(Subscription, told.object, told.type)
  if (!BEGUN.has(subscription.status) || !CHANGES.some((key) => Object.hasOwn(told.before, key))) return []
  if (told.before.status === 'incomplete') return [started(subscription)]
  const changed = event(subscription, 'subscription.updated', { id: told.id, seconds: told.atSeconds })
  const ends = subscription.cancel_at_period_end
  return [{ ...changed, properties: { ...changed.properties, cancel_at_period_end: ends } }]
}

export function subscriptionEnded(told: Notified): HookEvent[] {
  const subscription = expectForm(Subscription, told.object, told.type)
  const { id, ended_at, canceled_at, cancellation_details: why } = subscription
  const seconds = ended_at ?? canceled_at ?? told.atSeconds
  const ended = event(subscription, 'subscription.cancelled', { id: `${id}:cancelled`, seconds })
  const { amount: _, ...properties } = ended.properties
  return [{ ...ended, properties: { ...properties, reason_code: why?.feedback ?? why?.reason } }]
}

function started(subscription: Subscription): HookEvent {
  const { id, start_date, created } = subscription
  return event(subscription, 'subscription.started', { id: `${id}:started`, seconds: start_date ?? created })
}

function event(subscription: Subscription, name: string, { id, seconds }: { id: string; seconds: number }): HookEvent {
  const [first] = subscription.items.data
  return {
    name,
    id,
    at: new Date(seconds * 1000),
    who: [{ kind: 'billing', value: subscription.customer }, ...metadataNames(subscription.metadata)],
    properties: {
      subscription_id: subscription.id,
      plan: first?.price.lookup_key ?? first?.price.nickname ?? first?.price.id,
      interval: first?.price.recurring?.interval,
      trial: subscription.status === 'trialing',
      amount: amountOf(subscription)
    }
  }
}

/** What a period costs, if in yen; metered prices have no amount. */
function amountOf({ items, currency }: Subscription): number | undefined {
  const sum = items.data.reduce((total, { quantity = 1, price }) => total + quantity * (price.unit_amount ?? 0), 0)
  return yenIfAny(sum, currency)
}
