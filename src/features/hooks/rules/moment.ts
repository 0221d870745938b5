import { atLocalTime } from '../../../core/time.ts'
import { Refusal } from './refusal.ts'

const WRITTEN =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i
/** Epoch numbers above this are milliseconds: as seconds it would be the year 5138. */
const SECONDS_BELOW = 100_000_000_000

/**
 * An instant as services write it: epoch seconds or milliseconds, ISO 8601, "2026/11/21 10:00:00", "2026-11-21". One
 * without a zone is wall-clock time of `timeZone`, a day alone its first moment.
 */
export function momentOf(told: unknown, timeZone: string): Date {
  const at = typeof told === 'number' ? ofEpoch(told) : typeof told === 'string' ? written(told, timeZone) : undefined
  if (!at || !Number.isFinite(at.getTime()))
    throw new Refusal('the time is not readable: send 2026-11-21T10:00:00+09:00 or epoch seconds')
  return at
}

function ofEpoch(told: number): Date {
  return new Date(Math.abs(told) < SECONDS_BELOW ? told * 1000 : told)
}

function written(told: string, timeZone: string): Date | undefined {
  const text = told.normalize('NFKC').trim()
  if (/^\d{9,13}$/.test(text)) return ofEpoch(Number(text))
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = WRITTEN.exec(text) ?? []
  if (!year || !month || !day) return undefined
  const parts = [year, month, day, hour, minute, second].map(Number)
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts
  const wallMs = Date.UTC(y, mo - 1, d, h, mi, s)
  const back = new Date(wallMs)
  // The 31st of February is no day: it would silently become the 3rd of March.
  const isReal = back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60
  if (!isReal) return undefined
  if (zone) return new Date(wallMs - zoneMs(zone))
  return atLocalTime(back.toISOString().slice(0, 10), wallMs % 86_400_000, timeZone)
}

function zoneMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const [hours = 0, minutes = 0] = [zone.slice(1, 3), zone.slice(-2)].map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
