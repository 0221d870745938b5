/** Calendar arithmetic in a time zone, on plain Dates. A day is written "2026-11-21", a duration "30m", "12h" or "3d". */

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
export const DURATION = /^(\d{1,5})([mhd])$/

/** Milliseconds of a duration; throws on anything that DURATION does not match. A day counts 24 hours. */
export function durationMs(duration: string): number {
  const [, amount, unit] = DURATION.exec(duration) ?? []
  if (!amount || !unit) throw new Error(`"${duration}" is not a duration such as 30m, 12h or 3d`)
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]
}

export function addDuration(at: Date, duration: string): Date {
  return new Date(at.getTime() + durationMs(duration))
}

/** The calendar day of an instant: dayOf(2025-03-31T15:30Z, "Asia/Tokyo") = "2025-04-01". */
export function dayOf(at: Date, timeZone: string): string {
  return formatter('sv-SE', timeZone, { dateStyle: 'short' }).format(at)
}

/** The instant at which a calendar day begins in a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  return atLocalTime(day, 0, timeZone)
}

/** The instant at which clocks in a time zone show a time: milliseconds after midnight of a calendar day. */
export function atLocalTime(day: string, msOfDay: number, timeZone: string): Date {
  const utcMs = Date.parse(`${day}T00:00:00Z`) + msOfDay
  if (Number.isNaN(utcMs)) throw new Error(`"${day}" is not a day such as 2026-11-21`)
  // The offset is asked at the first guess and once more at the result: right on both sides of a clock change.
  const guess = new Date(utcMs - offsetMs(new Date(utcMs), timeZone))
  return new Date(utcMs - offsetMs(guess, timeZone))
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * UNIT_MS.d).toISOString().slice(0, 10)
}

/** The first day of the month `count` months after the month of `day`. */
export function firstOfMonth(day: string, count = 0): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10)
}

/** Whole calendar days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / UNIT_MS.d)
}

/**
 * The end of a period of whole days that begins on the day of `from`: the midnight after its last day, so that nobody
 * loses the rest of a day. `days` is written "365d".
 */
export function endOfPeriod(from: Date, days: string, timeZone: string): Date {
  return startOfDay(addDays(dayOf(from, timeZone), Number.parseInt(days, 10) + 1), timeZone)
}

/** An instant of the last day that belongs to a period ending at this instant. */
export function lastDayOf(end: Date): Date {
  return new Date(end.getTime() - 1)
}

/** In the order in which JavaScript counts them. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** The day of the week of a calendar day. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun'
}

/** A date for people, where its weekday does not matter: 2026年11月21日 / Nov 21, 2026. */
export function formatDate(at: Date, locale: 'ja' | 'en', timeZone: string): string {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
  return formatter(locale === 'ja' ? 'ja-JP' : 'en-US', timeZone, date).format(at)
}

/** A date for people: 2026年11月21日(土) / Sat, Nov 21, 2026. */
export function formatDay(at: Date, locale: 'ja' | 'en', timeZone: string): string {
  const day = { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' } as const
  return formatter(locale === 'ja' ? 'ja-JP' : 'en-US', timeZone, day).format(at)
}

/** Date and time for people: 11/21 15:00 / Nov 21, 15:00. */
export function formatTime(at: Date, locale: 'ja' | 'en', timeZone: string): string {
  const time = { day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return locale === 'ja'
    ? formatter('ja-JP', timeZone, { month: 'numeric', ...time }).format(at)
    : formatter('en-US', timeZone, { month: 'short', ...time }).format(at)
}

/** Date and time to the second, for people: 2026年11月21日 15:00:07 / Nov 21, 2026, 15:00:07. */
export function formatMoment(at: Date, locale: 'ja' | 'en', timeZone: string): string {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  return formatter(locale === 'ja' ? 'ja-JP' : 'en-US', timeZone, { ...date, ...time }).format(at)
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = formatter('sv-SE', timeZone, { dateStyle: 'short', timeStyle: 'medium' }).format(at)
  const local = Date.parse(`${parts.replace(' ', 'T')}Z`)
  return local - Math.floor(at.getTime() / 1000) * 1000
}

// Making a formatter costs about 50 times one use of it.
const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(tag: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${timeZone} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(tag, { timeZone, ...options })
  formatters.set(key, made)
  return made
}
