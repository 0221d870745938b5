import type { JsonObject } from './bounds.ts'

/** What counts of an event: its name, time and clear properties. */
export interface CountedEvent {
  readonly name: string
  readonly at: Date
  readonly properties: JsonObject
}

/** An answer on a scale, and when it was given. */
export interface Score {
  readonly score: number
  readonly at: Date
}

/** What a customer's events of one business day add up to. */
export interface DayFigures {
  readonly visits: number
  readonly orders: number
  /** Orders and what subscriptions paid, less refunds; a refund counts on its own day, so that it may be negative. */
  readonly amountYen: number
  readonly refundedYen: number
  readonly inquiries: number
  /** Detractors (NPS 0–6), CSAT and CES answers of 1 or 2, negative inquiries and feedback. */
  readonly negatives: number
  readonly messagesSent: number
  readonly messagesClicked: number
  readonly couponsGranted: number
  readonly couponsRedeemed: number
  readonly firstVisitAt: Date | undefined
  readonly lastVisitAt: Date | undefined
  readonly firstOrderAt: Date | undefined
  readonly lastOrderAt: Date | undefined
  /** The latest of the day, as all of these; an end is a cancellation. */
  readonly subscriptionStartedAt: Date | undefined
  readonly subscriptionEndedAt: Date | undefined
  readonly subscriptionPaidAt: Date | undefined
  readonly subscriptionFailedAt: Date | undefined
  readonly nps: Score | undefined
  readonly csat: Score | undefined
}

const NOTHING: DayFigures = {
  ...{ visits: 0, orders: 0, amountYen: 0, refundedYen: 0, inquiries: 0, negatives: 0 },
  ...{ messagesSent: 0, messagesClicked: 0, couponsGranted: 0, couponsRedeemed: 0 },
  ...{ firstVisitAt: undefined, lastVisitAt: undefined, firstOrderAt: undefined, lastOrderAt: undefined },
  ...{ subscriptionStartedAt: undefined, subscriptionEndedAt: undefined },
  ...{ subscriptionPaidAt: undefined, subscriptionFailedAt: undefined },
  ...{ nps: undefined, csat: undefined }
}

type Count = (event: CountedEvent) => Partial<DayFigures>

const COUNTS: Readonly<Record<string, Count>> = {
  visit: ({ at }) => ({ visits: 1, firstVisitAt: at, lastVisitAt: at }),
  'order.completed': ({ at, properties }) => {
    return { orders: 1, amountYen: numberOf(properties.amount), firstOrderAt: at, lastOrderAt: at }
  },
  'order.refunded': ({ properties }) => {
    const refundedYen = numberOf(properties.amount)
    return { amountYen: -refundedYen, refundedYen }
  },
  'inquiry.opened': ({ properties }) => ({ inquiries: 1, negatives: properties.negative === true ? 1 : 0 }),
  'feedback.given': ({ properties }) => ({ negatives: properties.sentiment === 'negative' ? 1 : 0 }),
  'survey.answered': answerFigures,
  'message.sent': () => ({ messagesSent: 1 }),
  'message.clicked': () => ({ messagesClicked: 1 }),
  'coupon.granted': () => ({ couponsGranted: 1 }),
  'coupon.redeemed': () => ({ couponsRedeemed: 1 }),
  'coupon.returned': () => ({ couponsRedeemed: -1 }),
  'subscription.started': ({ at }) => ({ subscriptionStartedAt: at }),
  'subscription.cancelled': ({ at }) => ({ subscriptionEndedAt: at }),
  'subscription.paid': ({ at, properties }) => ({ subscriptionPaidAt: at, amountYen: numberOf(properties.amount) }),
  'subscription.payment_failed': ({ at }) => ({ subscriptionFailedAt: at })
}

/** The names of the events that count. */
export const COUNTED_NAMES: readonly string[] = Object.keys(COUNTS)

/** Whether an event changes visits, orders or amounts. */
export function movesValue(name: string): boolean {
  return ['visit', 'order.completed', 'order.refunded', 'subscription.paid'].includes(name)
}

/** The figures of one event; undefined when it counts for nothing. */
export function figuresOf(event: CountedEvent): DayFigures | undefined {
  const count = Object.hasOwn(COUNTS, event.name) ? COUNTS[event.name] : undefined
  return count && { ...NOTHING, ...count(event) }
}

/** The figures of both together. Whatever the order and the grouping, the sum of the same events is the same. */
export function addFigures(one: DayFigures, other: DayFigures): DayFigures {
  return {
    visits: one.visits + other.visits,
    orders: one.orders + other.orders,
    amountYen: one.amountYen + other.amountYen,
    refundedYen: one.refundedYen + other.refundedYen,
    inquiries: one.inquiries + other.inquiries,
    negatives: one.negatives + other.negatives,
    messagesSent: one.messagesSent + other.messagesSent,
    messagesClicked: one.messagesClicked + other.messagesClicked,
    couponsGranted: one.couponsGranted + other.couponsGranted,
    couponsRedeemed: one.couponsRedeemed + other.couponsRedeemed,
    firstVisitAt: pick(one.firstVisitAt, other.firstVisitAt, earlier),
    lastVisitAt: pick(one.lastVisitAt, other.lastVisitAt, later),
    firstOrderAt: pick(one.firstOrderAt, other.firstOrderAt, earlier),
    lastOrderAt: pick(one.lastOrderAt, other.lastOrderAt, later),
    subscriptionStartedAt: pick(one.subscriptionStartedAt, other.subscriptionStartedAt, later),
    subscriptionEndedAt: pick(one.subscriptionEndedAt, other.subscriptionEndedAt, later),
    subscriptionPaidAt: pick(one.subscriptionPaidAt, other.subscriptionPaidAt, later),
    subscriptionFailedAt: pick(one.subscriptionFailedAt, other.subscriptionFailedAt, later),
    nps: pick(one.nps, other.nps, newer),
    csat: pick(one.csat, other.csat, newer)
  }
}

const earlier = (a: Date, b: Date): boolean => a < b
const later = (a: Date, b: Date): boolean => a > b

/** The latest answer counts; of two at the same instant the worse one, so that their order is no matter. */
function newer(a: Score, b: Score): boolean {
  const [first, second] = [a.at.getTime(), b.at.getTime()]
  return first === second ? a.score < b.score : first > second
}

function pick<T>(one: T | undefined, other: T | undefined, isBetter: (a: T, b: T) => boolean): T | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return isBetter(one, other) ? one : other
}

const MEASURES = ['nps', 'csat', 'ces']
/** The highest score that is a complaint. */
const NEGATIVE_UP_TO: Readonly<Record<string, number>> = { nps: 6, csat: 2, ces: 3 }

/** An answer counts for the measure it names, or for the one its survey is named after. */
function answerFigures({ at, properties }: CountedEvent): Partial<DayFigures> {
  const measure = MEASURES.find((each) => each === (properties.measure ?? properties.survey))
  const { score } = properties
  if (!measure || typeof score !== 'number') return {}
  const negatives = score <= (NEGATIVE_UP_TO[measure] ?? -1) ? 1 : 0
  if (measure === 'nps') return { negatives, nps: { score, at } }
  return measure === 'csat' ? { negatives, csat: { score, at } } : { negatives }
}

function numberOf(value: JsonObject[string] | undefined): number {
  return typeof value === 'number' ? value : 0
}
