import { addDays, daysBetween, firstOfMonth } from '../../../core/time.ts'

/** A period as people say it; offsets count from the one that runs now (0), −1 is the one before. */
export type PeriodExpression =
  | { readonly kind: 'day' | 'week' | 'month' | 'year'; readonly offset: number }
  /** A month by name; without a year the latest one that has begun. */
  | { readonly kind: 'named_month'; readonly month: number; readonly year: number | undefined }
  | { readonly kind: 'named_year'; readonly year: number }
  /** The last so many days, today among them. */
  | { readonly kind: 'last_days'; readonly days: number }

type Grain = 'day' | 'week' | 'month' | 'year' | 'days'

/** Calendar days, both ends counted, in the business time zone. */
export interface Period {
  readonly grain: Grain
  readonly from: string
  readonly to: string
  /** The period still runs: `to` is today, not its end. */
  readonly partial: boolean
}

/** The days a period means on a given day; undefined when it has not begun. Weeks start on Monday. */
export function periodOf(expression: PeriodExpression, today: string): Period | undefined {
  const { grain, from, next } = wholeOf(expression, today)
  if (from > today) return undefined
  const last = addDays(next, -1)
  const partial = grain !== 'days' && last >= today
  return { grain, from, to: partial ? today : last, partial }
}

/** The period to compare with: the one before, cut to the same number of days when the period still runs. */
export function periodBefore({ grain, from, to, partial }: Period): Period {
  const start = startBefore(grain, from, daysBetween(from, to) + 1)
  const end = addDays(from, -1)
  // 1–31 March has run; February has no 31st.
  const sameDays = addDays(start, daysBetween(from, to))
  return { grain, from: start, to: partial && sameDays < end ? sameDays : end, partial: false }
}

interface Whole {
  readonly grain: Grain
  readonly from: string
  /** The day after the last one. */
  readonly next: string
}

function wholeOf(expression: PeriodExpression, today: string): Whole {
  switch (expression.kind) {
    case 'day': {
      const from = addDays(today, expression.offset)
      return { grain: 'day', from, next: addDays(from, 1) }
    }
    case 'week': {
      const from = addDays(mondayOf(today), 7 * expression.offset)
      return { grain: 'week', from, next: addDays(from, 7) }
    }
    case 'month':
      return monthFrom(firstOfMonth(today, expression.offset))
    case 'year':
      return yearFrom(yearOf(today) + expression.offset)
    case 'named_month':
      return monthFrom(namedMonth(expression, today))
    case 'named_year':
      return yearFrom(expression.year)
    case 'last_days':
      return { grain: 'days', from: addDays(today, 1 - expression.days), next: addDays(today, 1) }
  }
}

const monthFrom = (from: string): Whole => ({ grain: 'month', from, next: firstOfMonth(from, 1) })
const yearFrom = (year: number): Whole => ({ grain: 'year', from: firstDay(year, 1), next: firstDay(year + 1, 1) })
const yearOf = (day: string): number => Number(day.slice(0, 4))

function namedMonth({ month, year }: { month: number; year: number | undefined }, today: string): string {
  if (year !== undefined) return firstDay(year, month)
  const thisYear = firstDay(yearOf(today), month)
  return thisYear <= today ? thisYear : firstDay(yearOf(today) - 1, month)
}

function firstDay(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
}

function mondayOf(day: string): string {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -sinceMonday)
}

function startBefore(grain: Grain, from: string, days: number): string {
  switch (grain) {
    case 'month':
      return firstOfMonth(from, -1)
    case 'year':
      return firstOfMonth(from, -12)
    case 'week':
      return addDays(from, -7)
    default:
      return addDays(from, -days)
  }
}
