import { idOf } from '../../core/ids.ts'
import { endOfPeriod } from '../../core/time.ts'
import { insertMany } from './bulk.ts'
import type { DemoCustomer } from './customers.ts'
import { customerId, type Writing } from './rows.ts'
import * as tables from './tables.ts'

/** Points were introduced half a year ago, as stamp cards were. */
const LAUNCHED_DAYS_AGO = 182

/** What the demo needs to know of the points that are published. */
export interface PointsTerms {
  readonly perVisit: number
  /** "365d"; undefined = they hold for ever. */
  readonly expires: string | undefined
}

/** The points that customers have for their visits; nobody has spent any yet. */
export async function writePoints(
  { tx, now, timeZone }: Writing,
  customers: readonly DemoCustomer[],
  { perVisit, expires }: PointsTerms
): Promise<void> {
  const since = now.getTime() - LAUNCHED_DAYS_AGO * 86_400_000
  const earned = customers.flatMap((customer) =>
    customer.visits
      .filter(({ at }) => at.getTime() >= since)
      .map(({ at }) => {
        const owner = customerId(customer)
        const entry = idOf('demo', 'points', owner, at.toISOString())
        const ends = expires === undefined ? null : endOfPeriod(at, expires, timeZone)
        return { owner, entry, at, ends, holds: ends === null || ends > now }
      })
      .filter(({ holds }) => holds)
  )
  const entries = earned.map(({ owner, entry, at }) => [entry, owner, 'visit', perVisit, `demo:${entry}`, at])
  const lots = earned.map(({ owner, entry, at, ends }) => {
    return [idOf('demo', 'lot', entry), owner, entry, perVisit, perVisit, at, ends]
  })
  await insertMany(tx, tables.POINTS_ENTRY, entries)
  await insertMany(tx, tables.POINTS_LOT, lots)
}
