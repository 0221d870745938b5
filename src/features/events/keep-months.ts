import { addDays, dayOf, firstOfMonth } from '../../core/time.ts'
import type { Database } from '../../platform/db/index.ts'
import { caughtMonths, ensureMonth } from './store/months.ts'

/** Events lie in partitions by month, and months are those of UTC. */
const ZONE = 'UTC'
/** Partitions are there so many months before they are needed. */
const MONTHS_AHEAD = 3

/**
 * Makes the partitions of this month and the next ones, and of the months of events that none took (an import of old ones,
 * a clock that ran ahead). Answers how many it made.
 */
export async function keepMonths(db: Database, now: Date): Promise<number> {
  const today = dayOf(now, ZONE)
  const ahead = Array.from({ length: MONTHS_AHEAD + 1 }, (_, count) => firstOfMonth(today, count))
  return ensureEach(db, [...ahead, ...(await caughtMonths(db))])
}

/**
 * Makes the partitions of all months between two instants; call before many old events are recorded, outside a
 * transaction. Writers of other months go on meanwhile. Answers how many it made.
 */
export async function ensureMonths(db: Database, from: Date, to: Date): Promise<number> {
  const last = dayOf(to, ZONE)
  const months: string[] = []
  for (let month = firstOfMonth(dayOf(from, ZONE)); month <= last; month = firstOfMonth(addDays(month, 31)))
    months.push(month)
  return ensureEach(db, months)
}

async function ensureEach(db: Database, months: readonly string[]): Promise<number> {
  let made = 0
  for (const month of months) if (await ensureMonth(db, month)) made += 1
  return made
}
