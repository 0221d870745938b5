import { addDays } from '../../core/time.ts'
import type { Random } from './random.ts'

/** How a customer comes: mean days between visits, the share of customers, and the chance to stay away for good a month. */
const RHYTHMS = [
  { share: 0.14, gapDays: 7, leaveRate: 0.11 },
  { share: 0.3, gapDays: 14, leaveRate: 0.16 },
  { share: 0.38, gapDays: 26, leaveRate: 0.21 },
  { share: 0.18, gapDays: 42, leaveRate: 0.24 }
] as const

export type Rhythm = Pick<(typeof RHYTHMS)[number], 'gapDays' | 'leaveRate'>

/** How busy a month is: January to December, 1 = as ever. Spring and the end of the year bring people, August takes them. */
const SEASON = [0.92, 0.95, 1.12, 1.1, 1.02, 0.94, 0.96, 0.86, 0.98, 1.06, 1.08, 1.14] as const
const WEEKEND_PULL = 0.35
const MONTH_DAYS = 30.4

export function rhythmOf(random: Random): Rhythm {
  let left = random.next()
  for (const rhythm of RHYTHMS) {
    left -= rhythm.share
    if (left < 0) return rhythm
  }
  return RHYTHMS[1]
}

/** How busy the month of a day is. */
export function seasonOf(day: string): number {
  return SEASON[Number(day.slice(5, 7)) - 1] ?? 1
}

/**
 * The days on which a customer comes, from their first on, until `lastDay` or until they stay away for good. At most one
 * visit a day.
 */
export function visitDays(first: string, rhythm: Rhythm, until: { lastDay: string; random: Random }): string[] {
  const { lastDay, random } = until
  const leaves = 1 - Math.exp((-rhythm.leaveRate * rhythm.gapDays) / MONTH_DAYS)
  const days: string[] = []
  for (let day = first; day <= lastDay; day = nextDay(day, rhythm, random)) {
    days.push(day)
    if (random.chance(leaves)) break
  }
  return days
}

function nextDay(day: string, { gapDays }: Rhythm, random: Random): string {
  const gap = Math.max(1, Math.round((gapDays * random.wait()) / seasonOf(day)))
  const next = addDays(day, gap)
  const weekday = new Date(`${next}T00:00:00Z`).getUTCDay()
  // People who have a day off soon wait for it.
  return weekday >= 3 && weekday <= 5 && random.chance(WEEKEND_PULL) ? addDays(next, 6 - weekday) : next
}
