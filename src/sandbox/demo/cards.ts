import { durationMs } from '../../core/time.ts'
import type { DemoCustomer, Visit } from './customers.ts'

/** What the demo needs to know of the stamp card that is published. */
export interface CardTerms {
  readonly goal: number
  /** "365d"; undefined = a card never ends. */
  readonly expires: string | undefined
  readonly coupon: string
  readonly couponValidFor: string | undefined
}

export interface DemoCard {
  readonly number: number
  readonly startedAt: Date
  readonly expiresAt: Date | undefined
  readonly completedAt: Date | undefined
  readonly stamps: readonly Visit[]
}

/** Stamp cards were introduced half a year ago. */
const LAUNCHED_DAYS_AGO = 182
/** Regulars of the sandbox: the first is on the way, the second needs one more stamp. */
const REGULAR_STAMPS = [7, 9] as const

/** The cards a customer filled since stamp cards were introduced, the newest last. */
export function cardsOf(customer: DemoCustomer, terms: CardTerms, now: Date): DemoCard[] {
  const stamped = stampedVisits(customer, terms, now)
  if (stamped.length === 0) return []
  const cards: DemoCard[] = []
  for (let from = 0; from <= stamped.length; from += terms.goal) {
    const stamps = stamped.slice(from, from + terms.goal)
    const startedAt = stamps[0]?.at ?? cards.at(-1)?.completedAt
    if (!startedAt) break
    const completedAt = stamps.length === terms.goal ? stamps.at(-1)?.at : undefined
    cards.push({ number: cards.length + 1, startedAt, expiresAt: later(startedAt, terms.expires), completedAt, stamps })
  }
  return cards
}

/** When a coupon granted at `at` ends. */
export function couponEnds(at: Date, terms: CardTerms): Date | undefined {
  return later(at, terms.couponValidFor)
}

function stampedVisits(customer: DemoCustomer, terms: CardTerms, now: Date): readonly Visit[] {
  if (customer.lineUserId) {
    const wanted = REGULAR_STAMPS[customer.number % REGULAR_STAMPS.length] ?? 1
    return customer.visits.slice(-Math.min(wanted, terms.goal - 1))
  }
  const launched = now.getTime() - LAUNCHED_DAYS_AGO * 86_400_000
  // Every third customer has not found the card yet; the others forget it now and then.
  if (customer.number % 3 === 0) return []
  return customer.visits.filter(({ at }, index) => at.getTime() >= launched && (index + customer.number) % 7 !== 0)
}

function later(at: Date, duration: string | undefined): Date | undefined {
  return duration === undefined ? undefined : new Date(at.getTime() + durationMs(duration))
}
