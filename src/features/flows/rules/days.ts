import { addDays, daysBetween } from '../../../core/time.ts'
import type { Ask } from './schema.ts'

/** A day in a file: of the calendar, or counted from the day on which it is asked. */
export const BOUND = /^(today|[+-]\d{1,5}d|[+-]\d{1,3}y|\d{4}-\d{2}-\d{2})$/

/** The days that LINE's calendar has. */
const FIRST_DAY = '1900-01-01'
const LAST_DAY = '2100-12-31'

export type DayAnswer = Extract<Ask['answer'], { type: 'date' }>

/** The days that a question takes, both included, and the one its calendar opens at. */
export interface DaySpan {
  readonly from: string
  readonly until: string
  readonly shows: string
}

/** What a typed text says of a day; a day without its year may be of many. */
export type SaidDay =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'needs_year' | 'outside' | 'none' }

/** Whether a text is a day of the calendar, written 2026-11-28. */
export function isDay(text: string): boolean {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
  return dayOn(year, month, date) === text && text >= FIRST_DAY && text <= LAST_DAY
}

/** The day that a bound means today. */
export function dayAt(bound: string, today: string): string {
  if (bound === 'today') return today
  const amount = Number.parseInt(bound, 10)
  if (bound.endsWith('d')) return addDays(today, amount)
  return bound.endsWith('y') ? yearsLater(today, amount) : bound
}

/** 29 February is 28 February in other years. */
function yearsLater(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return dayOn(year + years, month, date) ?? dayOn(year + years, month, date - 1) ?? day
}

export function spanOf({ min, max, shows }: DayAnswer, today: string): DaySpan {
  const from = later(min ? dayAt(min, today) : FIRST_DAY, FIRST_DAY)
  const until = earlier(max ? dayAt(max, today) : LAST_DAY, LAST_DAY)
  return { from, until, shows: earlier(later(shows ? dayAt(shows, today) : today, from), until) }
}

const RELATIVE: ReadonlyMap<string, number> = new Map([
  ...['きょう', '今日', '本日', 'today'].map((word) => [word, 0] as const),
  ...['あした', '明日', 'あす', 'tomorrow'].map((word) => [word, 1] as const),
  ...['あさって', '明後日'].map((word) => [word, 2] as const),
  ...['きのう', '昨日', 'yesterday'].map((word) => [word, -1] as const),
  ...['おととい', '一昨日'].map((word) => [word, -2] as const)
])
const WITH_YEAR = /^(\d{4})(?:[-/.]|年\s*)(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})日?$/
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/
const WITHOUT_YEAR = /^(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})日?$/
/** What is said after a day: "11/28です。", "明日で". */
const AFTER_A_DAY = /\s*(?:です|で|に|がいいです|でお願いします)?\s*[。.!]*$/

/** Reads a day as people type it; `text` as `comparable` writes it. */
export function readDay(text: string, answer: DayAnswer, today: string): SaidDay {
  const said = text.replace(AFTER_A_DAY, '').trim()
  const ahead = RELATIVE.get(said)
  const span = spanOf(answer, today)
  if (ahead !== undefined) return within(addDays(today, ahead), span)
  const [, year, month = '', date = ''] = WITH_YEAR.exec(said) ?? EIGHT_DIGITS.exec(said) ?? []
  if (year) return within(dayOn(Number(year), Number(month), Number(date)), span)
  const [, theMonth, theDate] = WITHOUT_YEAR.exec(said) ?? []
  if (!theMonth) return { kind: 'none' }
  return needsYear(span, today) ? { kind: 'needs_year' } : nearest([Number(theMonth), Number(theDate)], span, today)
}

function within(day: string | undefined, { from, until }: DaySpan): SaidDay {
  return day !== undefined && day >= from && day <= until ? { kind: 'day', day } : { kind: 'outside' }
}

/** A birthday is of some year long ago: the last one is hardly meant. */
function needsYear({ from, until }: DaySpan, today: string): boolean {
  return until <= today && from < yearsLater(today, -1)
}

/** Of this year, the last or the next: the one closest to today, the later of two. */
function nearest([month, date]: [number, number], span: DaySpan, today: string): SaidDay {
  const thisYear = Number(today.slice(0, 4))
  const days = [thisYear + 1, thisYear, thisYear - 1].flatMap((year) => dayOn(year, month, date) ?? [])
  const taken = days.filter((day) => within(day, span).kind === 'day')
  const distance = (day: string) => Math.abs(daysBetween(today, day))
  const [day] = taken.sort((one, other) => distance(one) - distance(other))
  return day === undefined ? { kind: 'outside' } : { kind: 'day', day }
}

function dayOn(year: number, month: number, date: number): string | undefined {
  const day = [String(year).padStart(4, '0'), ...[month, date].map((part) => String(part).padStart(2, '0'))].join('-')
  const isReal =
    month >= 1 && month <= 12 && date >= 1 && new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date
  return isReal ? day : undefined
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}
