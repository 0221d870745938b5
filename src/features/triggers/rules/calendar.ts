import { addDays, atLocalTime, dayOf, startOfDay } from '../../../core/time.ts'

/** A stretch of business time: after `from`, up to `until`. */
export interface Window {
  readonly from: Date
  readonly until: Date
}

/** A yearly date, looked at so many days before (negative) or after it, at a time of day. */
export interface YearlyMoment {
  readonly shiftDays: number
  /** Milliseconds after midnight, by the clocks of the time zone. */
  readonly atMs: number
}

/** The days whose moment lies in a window: with "before: 7d" the 12th is looked at on the 5th. */
export function datesIn({ from, until }: Window, { shiftDays, atMs }: YearlyMoment, timeZone: string): string[] {
  const last = dayOf(until, timeZone)
  const dates: string[] = []
  // Where clocks change, a moment may lie on the day before its own.
  for (let day = addDays(dayOf(from, timeZone), -1); day <= last; day = addDays(day, 1)) {
    const moment = atLocalTime(day, atMs, timeZone)
    if (from < moment && moment <= until) dates.push(addDays(day, -shiftDays))
  }
  return dates
}

/** The months and days ("05-12") that are kept on a day: 29 February on the 28th of years without one. */
export function monthDaysOf(day: string): string[] {
  const monthDay = day.slice(5)
  return monthDay === '02-28' && addDays(day, 1).endsWith('-03-01') ? ['02-28', '02-29'] : [monthDay]
}

/** Nobody's first visit lies further back. */
const OLDEST_YEARS = 60

/** The earlier days of which a day is the anniversary, as stretches of time: from ≤ instant < until. */
export function anniversariesOn(day: string, timeZone: string): Window[] {
  const year = Number(day.slice(0, 4))
  return monthDaysOf(day).flatMap((monthDay) =>
    Array.from({ length: OLDEST_YEARS }, (_, ago) => `${year - 1 - ago}-${monthDay}`)
      // 2025-02-29 is no day: it would be 1 March.
      .filter((past) => addDays(past, 0) === past)
      .map((past) => ({ from: startOfDay(past, timeZone), until: startOfDay(addDays(past, 1), timeZone) }))
  )
}
