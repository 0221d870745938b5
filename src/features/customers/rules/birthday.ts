import { dayOf } from '../../../core/time.ts'

const FULL = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/
const YEARLESS = /^(?:--)?(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** Programs write a day as midnight in UTC. */
const UTC_MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?Z$/

/** A birthday: "1990-05-12", or "--05-12" when its year is not told. */
export interface Birthday {
  readonly value: string
  /** "05-12" */
  readonly monthDay: string
}

/**
 * A birthday from how people and programs write it: 1990-05-12, 1990/5/12, 1990年5月12日, 19900512, 5月12日, or an instant,
 * whose day is that of the business. Undefined for what is no day, or not from 1900 until `today`.
 */
export function birthdayOf(
  told: string,
  { timeZone, today }: { timeZone: string; today: string }
): Birthday | undefined {
  const text = dayText(told.normalize('NFKC').trim(), timeZone)
  const [, year, month, day] = FULL.exec(text) ?? COMPACT.exec(text) ?? yearless(text) ?? []
  if (!month || !day) return undefined
  const monthDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  // A leap year stands for the one that is not told: 29 February is a birthday.
  if (!isDay(`${year ?? '2000'}-${monthDay}`)) return undefined
  if (!year) return { value: `--${monthDay}`, monthDay }
  const value = `${year}-${monthDay}`
  return value >= '1900-01-01' && value <= today ? { value, monthDay } : undefined
}

function dayText(text: string, timeZone: string): string {
  if (!INSTANT.test(text)) return text
  const at = new Date(text)
  return UTC_MIDNIGHT.exec(text)?.[1] ?? (Number.isFinite(at.getTime()) ? dayOf(at, timeZone) : '')
}

function yearless(text: string): (string | undefined)[] | undefined {
  const [whole, month, day] = YEARLESS.exec(text) ?? []
  return whole === undefined ? undefined : [whole, undefined, month, day]
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(text)
}
