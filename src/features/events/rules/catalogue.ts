import { z } from 'zod'

/** Largest amount one event may carry, in yen: beyond it lies a mistake (a price in sen, an id in the wrong column). */
export const AMOUNT_MAX_YEN = 1_000_000_000

const amountYen = z
  .int(`must be a whole number of yen from 0 to ${AMOUNT_MAX_YEN}`)
  .min(0, `must not be negative: a refund is an event of its own (order.refunded)`)
  .max(AMOUNT_MAX_YEN, `must be at most ${AMOUNT_MAX_YEN} yen`)
/** Ids may be numbers where they come from. */
const id = z
  .union([z.string(), z.int()], 'must be a text or a whole number')
  .transform(String)
  .pipe(z.string().min(1, 'must not be empty').max(100, 'must have at most 100 characters'))
/** Words from a short list of the sender's own (a plan, a reason code). One with an @ is somebody's address, no code. */
const code = z
  .string()
  .regex(/^[^@\p{Cc}]{1,100}$/u)
  .optional()
  .catch(undefined)
const count = z.int().min(0).max(1_000_000).optional().catch(undefined)
const flag = z.boolean().optional().catch(undefined)
const value = z.union([code, z.number(), z.boolean()])
/** A page without its query, which is where addresses and tokens hide. */
const path = z
  .string()
  .transform((text) => text.split(/[?#]/, 1)[0] ?? '')
  .pipe(z.string().regex(/^[^@\p{Cc}]{1,500}$/u))
  .optional()
  .catch(undefined)

const line = z.object({ sku: id.optional(), category: code, quantity: z.int().min(0).max(100_000), amount: amountYen })
const score = z.int().min(0).max(10)
const campaign = { utm_source: code, utm_medium: code, utm_campaign: code, utm_term: code, utm_content: code }
const landing = { ...campaign, variant: code, ref: code }
const plan = { subscription_id: id.optional(), plan: code, interval: code, trial: flag }
const survey = { survey: code, question: code, measure: code, class: code, value: value.optional() }
const message = { message_id: id.optional(), campaign: code, via: code, link: code }
const coupon = { coupon: code, serial: code, card: count }

const schemas = {
  visit: { amount: amountYen.optional(), staff: code },
  'order.completed': { order_id: id, amount: amountYen, coupon: code, lines: z.array(line).max(200).optional() },
  'order.refunded': { order_id: id, amount: amountYen },
  'session.started': { platform: code, ...landing },
  'page.viewed': { path, ...landing },
  'product.viewed': { product_id: id.optional(), sku: id.optional(), category: code, amount: amountYen.optional() },
  'cart.updated': { cart_id: id.optional(), items: count, amount: amountYen.optional() },
  'cart.abandoned': { cart_id: id.optional(), items: count, amount: amountYen.optional() },
  'feature.used': { feature: code },
  'inquiry.opened': { inquiry_id: id.optional(), channel: code, topic: code, negative: flag },
  'inquiry.resolved': { inquiry_id: id.optional(), outcome: code },
  'feedback.given': { sentiment: z.enum(['positive', 'neutral', 'negative']), channel: code },
  'subscription.started': { ...plan, amount: amountYen.optional() },
  'subscription.updated': { ...plan, amount: amountYen.optional() },
  'subscription.cancelled': { ...plan, reason_code: code },
  'subscription.paid': { ...plan, invoice_id: id.optional(), amount: amountYen },
  'subscription.payment_failed': { ...plan, invoice_id: id.optional(), amount: amountYen.optional(), attempt: count },
  'message.sent': message,
  'message.delivered': message,
  'message.opened': message,
  'message.clicked': message,
  'message.failed': message,
  'survey.started': survey,
  'survey.answered': { ...survey, score: score.optional() },
  'survey.completed': survey,
  /** `present`: given without a visit. `count`: how many at once. */
  'stamp.granted': { programme: code, card: count, position: count, goal: count, count, present: flag },
  'stamp.voided': { programme: code, card: count },
  'stamp_card.completed': { programme: code, card: count },
  'coupon.granted': coupon,
  'coupon.redeemed': { ...coupon, amount: amountYen.optional() },
  /** A use was undone: the customer has the coupon again. */
  'coupon.returned': coupon,
  'coupon.expired': coupon,
  'points.spent': { points: count, coupon: code },
  /** By what a flow or campaign was kept from being sent: "consent", "stopped", "coupons_only", "too_often". */
  'message.withheld': { campaign: code, purpose: code, reason: code },
  /** `version` is that of the wording; 0 = none was shown. */
  'consent.changed': { purpose: code, status: code, version: count },
  'rights.requested': { right: code },
  'preference.changed': { frequency: code, language: code },
  'line.followed': { tellerMs: z.int().optional().catch(undefined) },
  'line.unfollowed': { tellerMs: z.int().optional().catch(undefined) },
  'line.linked': { by: code },
  'ref.opened': landing,
  'attribution.touched': landing,
  'segment.entered': { segment: code },
  'segment.left': { segment: code },
  /** `direction`: "up" or "down"; `number` counts the changes of a customer's tier. */
  'tier.changed': { from: code, to: code, direction: code, number: count },
  'follow_up.opened': { kind: code, priority: code },
  'follow_up.resolved': { outcome: code }
} as const satisfies Record<string, z.ZodRawShape>

/** The events Matane knows, by name. */
export type KnownEvent = keyof typeof schemas

/**
 * By name, the properties that may be stored in the clear because they are not about a person: ids of things, amounts,
 * codes. What is needed and wrong is a fault; what is optional and does not fit is kept like any other property, sealed.
 */
export const CATALOGUE: ReadonlyMap<string, z.ZodObject> = new Map(
  Object.entries(schemas).map(([name, shape]) => [name, z.object(shape)])
)

/** Whether the catalogue knows an event, by the name as it is stored. */
export function isInCatalogue(name: string): boolean {
  return CATALOGUE.has(name)
}

/** The catalogue's name for an event that was told with _ for . ("order_completed"), or the name itself. */
export function knownName(name: string): string {
  if (CATALOGUE.has(name)) return name
  return DOTTED.get(name.replaceAll('.', '_')) ?? name
}

const DOTTED: ReadonlyMap<string, string> = new Map(
  Object.keys(schemas).map((name) => [name.replaceAll('.', '_'), name])
)
