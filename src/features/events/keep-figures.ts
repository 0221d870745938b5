import { dayOf } from '../../core/time.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import { changeStages } from './change-stages.ts'
import { rebuildAllStats } from './rebuild-stats.ts'
import { nextUsual } from './rules/stage.ts'
import { deriveStats, lockFigures, staleCustomers } from './store/figures.ts'
import { findNote, saveNote } from './store/notes.ts'
import { findCuts, saveScores } from './store/quintiles.ts'
import { customersDue, findUsual, middleGap, saveUsual } from './store/stages.ts'

const CUSTOMERS_AT_ONCE = 500
/** The time zone that the days of all figures are of; another one, or none, and they are made anew. */
const ZONE = 'events.figures_zone'
/** How far that has come: "<zone> <id of the last customer done>". */
const MOVING = 'events.figures_moving'
const RATED_ON = 'events.rated_on'
/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

export interface Keeping {
  readonly db: Database
  readonly now: Date
  readonly timeZone: string
  /** Whether to leave the rest for another time. */
  isOver(): boolean
}

/**
 * Keeps figures true as time goes by: windows that end with today, stages that change by silence, quintiles once a day.
 * Figures from before there were days, or of another time zone, are made anew first. Does as much as there is time for,
 * and goes on the next time; answers whether all is done.
 */
export async function keepFigures(keeping: Keeping): Promise<boolean> {
  return (
    (await moveToZone(keeping)) && (await refreshWindows(keeping)) && (await passStages(keeping)) && rateOnce(keeping)
  )
}

async function moveToZone({ db, now, timeZone, isOver }: Keeping): Promise<boolean> {
  if ((await findNote(db.prisma, ZONE)) === timeZone) return true
  const [zone, last = ''] = (await findNote(db.prisma, MOVING))?.split(' ') ?? []
  const { after } = await rebuildAllStats(db, { now, timeZone, isOver, after: zone === timeZone ? last : '' })
  if (after === undefined) await saveNote(db, ZONE, timeZone)
  await saveNote(db, MOVING, after === undefined ? '' : `${timeZone} ${after}`)
  return after === undefined
}

function refreshWindows(keeping: Keeping): Promise<boolean> {
  const today = dayOf(keeping.now, keeping.timeZone)
  return eachChunk(keeping, {
    next: () => staleCustomers(keeping.db, today, CUSTOMERS_AT_ONCE),
    step: (tx, ids) => deriveStats(tx, ids, { today })
  })
}

/** Looks at what is usual first: it decides when somebody has been silent for long. */
async function passStages(keeping: Keeping): Promise<boolean> {
  const { db, now, timeZone } = keeping
  const today = dayOf(now, timeZone)
  if ((await findNote(db.prisma, RATED_ON)) !== today) {
    const before = await findUsual(db)
    const usual = nextUsual(before, await middleGap(db))
    if (before?.gapDays !== usual.gapDays) await saveUsual(db, usual, today)
  }
  return eachChunk(keeping, {
    next: () => customersDue(db, today, CUSTOMERS_AT_ONCE),
    step: (tx, ids) => changeStages({ tx, now, timeZone }, ids)
  })
}

interface Chunks {
  next(): Promise<string[]>
  step(tx: Tx, customerIds: readonly string[]): Promise<void>
}

/** Customers whom the step has done with do not come again; should one, it must not go on for ever. */
async function eachChunk({ db, isOver }: Keeping, { next, step }: Chunks): Promise<boolean> {
  let before: string | undefined
  for (;;) {
    const ids = await next()
    if (ids.length === 0) return true
    if (ids[0] === before)
      throw new Error(`The figures of customer ${before} do not settle: npm run db -- rebuild-stats`)
    before = ids[0]
    await db.transaction(async (tx) => {
      await lockFigures(tx, ids)
      await step(tx, ids)
    })
    if (isOver()) return false
  }
}

/** The cuts are those of one moment; whoever changes while customers are rated is rated by them all the same. */
async function rateOnce({ db, now, timeZone, isOver }: Keeping): Promise<boolean> {
  const today = dayOf(now, timeZone)
  if ((await findNote(db.prisma, RATED_ON)) === today) return true
  const cuts = await findCuts(db)
  for (let after: string | undefined = FIRST_ID; after !== undefined; ) {
    after = await saveScores(db, cuts, after)
    if (after !== undefined && isOver()) return false
  }
  await saveNote(db, RATED_ON, today)
  return true
}
