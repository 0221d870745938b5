import { addDays } from '../../../core/time.ts'

/** A time as people write it in rules: "365d" or "12 months". */
export const PERIOD = /^([1-9]\d{0,3})(d| months?)$/

/** The day a period later ("2026-11-21"). */
export function addPeriod(day: string, period: string): string {
  return shift(day, period, 1)
}

/** The last day outside a window that ends with `today`: what happened after it counts. */
export function beforeWindow(today: string, window: string): string {
  return shift(today, window, -1)
}

/** Where a month has no such day, its last one: a year after a leap day is 28 February. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}

function shift(day: string, period: string, sign: 1 | -1): string {
  const [, amount, unit] = PERIOD.exec(period) ?? []
  if (!amount) throw new Error(`"${period}" is not a period such as 365d or 12 months`)
  const count = sign * Number(amount)
  return unit === 'd' ? addDays(day, count) : addMonths(day, count)
}
