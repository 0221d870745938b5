import { addDays, atLocalTime, startOfDay } from '../../../core/time.ts'

/** Which comes first in dates such as 1/5/2026, where the year stands last. */
export type DateOrder = 'mdy' | 'dmy'

export type MomentFault = 'bad_date' | 'date_order'

/** Reads a date, with or without a time, as people and their programs write it; a date alone is its first instant. */
export type MomentReader = (text: string) => Date | MomentFault

export interface MomentOptions {
  /** For times that do not name their zone. */
  readonly timeZone: string
  /** Unset: dates with the year last are refused, because nobody can know. */
  readonly dateOrder?: DateOrder | undefined
}

const DAY_MS = 86_400_000
const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)$/i
const ERA = /^(明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?(.*)$/i
const YEAR_FIRST = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(.*)$/
const YEAR_LAST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(.*)$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)((?:T? ?\d{4}(?:\d\d)?)?)$/
const SERIAL = /^\d{5}(?:\.\d+)?$/
/** Excel counts days from 1899-12-30, its leap-year error included; 1990 to 2099. */
const SERIAL_FROM = 32_874
const SERIAL_TO = 73_050

/** The year before the first of each era. */
const ERAS: Readonly<Record<string, number>> = {
  ...{ 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 },
  ...{ m: 1867, t: 1911, s: 1925, h: 1988, r: 2018 }
}

/** Makes a reader for one file; it remembers where days begin, as a file has few days and many rows. */
export function momentReader({ timeZone, dateOrder }: MomentOptions): MomentReader {
  const days = dayTable(timeZone)
  return (told) => {
    const text = told.normalize('NFKC').trim().replace(/\s+/g, ' ')
    const zoned = ZONED.exec(text)
    if (zoned) return zonedTime(zoned)
    if (SERIAL.test(text)) return excelTime(Number(text), days)
    const date = dateIn(text, dateOrder)
    if (typeof date === 'string') return date
    const msOfDay = timeIn(date.rest)
    return msOfDay === undefined ? 'bad_date' : days(date.day, msOfDay)
  }
}

/** A day ("1990-04-01") read from a date in any of the same forms; for birthdays. */
export function dayIn(told: string, dateOrder?: DateOrder): string | MomentFault {
  const text = told.normalize('NFKC').trim().replace(/\s+/g, ' ')
  if (SERIAL.test(text)) return addDays('1899-12-30', Math.floor(Number(text)))
  const date = dateIn(text, dateOrder)
  return typeof date === 'string' ? date : date.day
}

function zonedTime([, day = '', time = '', zone = '']: readonly string[]): Date | MomentFault {
  const at = new Date(`${day}T${time}${/^utc$/i.test(zone) ? 'Z' : zone.toUpperCase()}`)
  return Number.isNaN(at.getTime()) || !isDay(day) ? 'bad_date' : at
}

function excelTime(serial: number, days: DayTable): Date | MomentFault {
  if (serial < SERIAL_FROM || serial >= SERIAL_TO) return 'bad_date'
  const whole = Math.floor(serial)
  // Excel keeps seconds as fractions of a day.
  return days(addDays('1899-12-30', whole), Math.round((serial - whole) * 86_400) * 1_000)
}

function dateIn(text: string, order: DateOrder | undefined): { day: string; rest: string } | MomentFault {
  const era = ERA.exec(text)
  if (era) {
    const [, name = '', year = '', month = '', date = '', rest = ''] = era
    const base = ERAS[name.toLowerCase()] ?? Number.NaN
    return dateOf([base + (year === '元' ? 1 : Number(year)), month, date], rest)
  }
  const [, year = '', month = '', date = '', rest = ''] = YEAR_FIRST.exec(text) ?? COMPACT.exec(text) ?? []
  if (year !== '') return dateOf([year, month, date], rest)
  const last = YEAR_LAST.exec(text)
  if (!last) return 'bad_date'
  if (!order) return 'date_order'
  const [, first = '', second = '', yearLast = '', after = ''] = last
  return dateOf(order === 'mdy' ? [yearLast, first, second] : [yearLast, second, first], after)
}

type Parts = readonly [year: string | number, month: string, date: string]

function dateOf([year, month, date]: Parts, rest: string): { day: string; rest: string } | MomentFault {
  const day = `${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? { day, rest } : 'bad_date'
}

/** 2026-02-30 is no day, though Date makes one of it. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

const WEEKDAY = /^ ?\(?(?:[日月火水木金土]|sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?(?:曜日?)?\)?,? ?/i
const TIME = /^(午前|午後|am|pm)? ?(\d{1,2})(?:[:時](\d{1,2}))?(?:[:分](\d{1,2})(?:\.\d+)?秒?)?[時分]? ?(am|pm)?$/i
const COMPACT_TIME = /^T? ?(\d\d)(\d\d)(\d\d)?$/

/** Milliseconds after midnight of what follows a date; nothing at all is midnight. */
function timeIn(rest: string): number | undefined {
  const text = rest.replace(WEEKDAY, '').replace(/^T/, '').trim()
  if (text === '') return 0
  const compact = COMPACT_TIME.exec(text)
  const [, before, hour = '', minute = '0', second = '0', after] = compact
    ? ['', undefined, compact[1], compact[2], compact[3]]
    : (TIME.exec(text) ?? [])
  const half = (before ?? after ?? '').toLowerCase()
  if (hour === '' || (half !== '' && Number(hour) > 12)) return undefined
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half === '午後' || half === 'pm' ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1_000
}

type DayTable = (day: string, msOfDay: number) => Date

const DAYS_KEPT = 20_000

/** Asking where a day begins costs more than the rest of a row; a day of 24 hours is asked for once. */
function dayTable(timeZone: string): DayTable {
  const starts = new Map<string, number | undefined>()
  return (day, msOfDay) => {
    if (!starts.has(day)) {
      if (starts.size >= DAYS_KEPT) starts.clear()
      const [start, next] = [day, addDays(day, 1)].map((each) => startOfDay(each, timeZone).getTime())
      starts.set(day, start !== undefined && next === start + DAY_MS ? start : undefined)
    }
    const start = starts.get(day)
    return start === undefined ? atLocalTime(day, msOfDay, timeZone) : new Date(start + msOfDay)
  }
}
