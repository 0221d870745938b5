import type { Database } from '../../platform/db/index.ts'
import { renewFigures } from './change-stages.ts'
import { daysOf, type Recording } from './record-events.ts'
import { COUNTED_NAMES } from './rules/day-figures.ts'
import {
  clearFigures,
  countCustomers,
  customersAfter,
  customersWithFigures,
  dropEmptyFigures,
  eventsAfter,
  type StoredEvent
} from './store/counted.ts'
import { addDays } from './store/days.ts'
import { lockFigures } from './store/figures.ts'

const CUSTOMERS_AT_ONCE = 200
const EVENTS_AT_ONCE = 5_000

/**
 * Makes the figures of customers anew from their events, in the caller's transaction: the rows come out as recording
 * left them. For a merge, an erasure, or a few hundred customers of all; events are read in pages.
 */
export async function rebuildStats(work: Recording, customerIds: readonly string[]): Promise<void> {
  const { tx, timeZone } = work
  const locked = await customersWithFigures(tx, customerIds, COUNTED_NAMES)
  if (locked.length === 0) return
  await lockFigures(tx, locked)
  await clearFigures(tx, locked)
  let after: StoredEvent | undefined
  do {
    const page = await eventsAfter(tx, { customerIds: locked, names: COUNTED_NAMES }, { after, limit: EVENTS_AT_ONCE })
    const days = daysOf(page, timeZone)
    if (days.length > 0) await addDays(tx, days)
    after = page.length < EVENTS_AT_ONCE ? undefined : page.at(-1)
  } while (after)
  await renewFigures(work, locked)
  await dropEmptyFigures(tx, locked)
}

export interface RebuildOptions {
  readonly now: Date
  readonly timeZone: string
  /** Where to go on: the id of the last customer done. Default: from the first. */
  readonly after?: string
  /** Called after each step. */
  readonly onProgress?: (done: number, total: number) => void
  /** Whether to stop after this step, to go on another time. Default: never. */
  readonly isOver?: () => boolean
}

/**
 * Makes the figures of all customers anew, some hundred at a time, each in a transaction of their own: recording goes on
 * meanwhile. Answers how many customers it went through, and where to go on; undefined = it came to the end.
 */
export async function rebuildAllStats(
  db: Database,
  { now, timeZone, after = '', onProgress, isOver = () => false }: RebuildOptions
): Promise<{ customers: number; after: string | undefined }> {
  const total = onProgress ? await countCustomers(db) : 0
  let last = after
  let customers = 0
  for (;;) {
    const ids = await customersAfter(db, last, CUSTOMERS_AT_ONCE)
    if (ids.length === 0) return { customers, after: undefined }
    await db.transaction((tx) => rebuildStats({ tx, cipher: db.cipher, now, timeZone }, ids))
    customers += ids.length
    last = ids.at(-1) ?? last
    onProgress?.(customers, total)
    if (isOver()) return { customers, after: last }
  }
}
