import { addDays, dayOf, durationMs, startOfDay } from '../../../core/time.ts'

/** The instant that a segment is looked at for, and the zone whose midnights begin business days. */
export interface Moment {
  readonly now: Date
  readonly timeZone: string
}

/** A moment, and what holds then for customers of whom nothing is kept: who have not answered, who have no tier of their own. */
export interface Asking extends Moment {
  /** Purposes, as the consent room names them. */
  readonly allowedByDefault: readonly string[]
  /** The tier of customers who have none of their own; undefined = there are no tiers. */
  readonly firstTier: string | undefined
}

/** The business day of a moment. */
export function todayAt({ now, timeZone }: Moment): string {
  return dayOf(now, timeZone)
}

/** The instants of "in the last 30d" (business days, today included and to its end) or "12h" (up to now): from ≤ at < until. */
export function spanAt(span: string, moment: Moment): { readonly from: Date; readonly until: Date } {
  const { now, timeZone } = moment
  if (!span.endsWith('d'))
    return { from: new Date(now.getTime() - durationMs(span)), until: new Date(now.getTime() + 1) }
  const today = todayAt(moment)
  const from = startOfDay(addDays(today, 1 - Number.parseInt(span, 10)), timeZone)
  return { from, until: startOfDay(addDays(today, 1), timeZone) }
}

/** The instant at which the business day so many days ago began; 0 = today, −1 = tomorrow. */
export function dayAgo(days: number, moment: Moment): Date {
  return startOfDay(addDays(todayAt(moment), -days), moment.timeZone)
}
