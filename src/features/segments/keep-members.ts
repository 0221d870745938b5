import { newId } from '../../core/ids.ts'
import { dayOf } from '../../core/time.ts'
import type { Context } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { announceLater, type NewEvent, recordEvents } from '../events/index.ts'
import { findSegments, type PublishedSegment } from './find-segments.ts'
import { holdingFor } from './holding-for.ts'
import {
  type Calculation,
  findStates,
  forgetOthers,
  hasChanges,
  planChanges,
  replaceMembers,
  type SegmentState,
  takeChanges
} from './store/membership.ts'

/** Segments are calculated each night, once the figures have been brought up to date. */
const NIGHT_HOUR = 4
/** A batch is one transaction, which has to end soon also where the database is slow. */
const CHANGES_AT_ONCE = 500

type Keeping = Pick<Context, 'scope' | 'perform'> & {
  /** Whether to leave the rest for another time. */
  readonly isOver: () => boolean
}

/**
 * Calculates the segments that are due: each night, and at once when one is new or was edited. Then announces who entered
 * and left. Only life leads people in and out: a segment's first members, and those of an edited one, are taken as they are
 * and not announced. Does as much as there is time for.
 */
export async function keepMembers(keeping: Keeping): Promise<void> {
  const { scope, isOver } = keeping
  const segments = await findSegments(scope.db.prisma)
  await forgetOthers(
    scope.db,
    segments.map(({ segment }) => segment.id)
  )
  const states = await findStates(scope.db)
  for (const published of segments) {
    if (isOver()) return
    const { id } = published.segment
    await keepOne(keeping, published, states.get(id)).catch((error: unknown) =>
      scope.log.error('A segment could not be calculated', { segment: id, error })
    )
  }
}

/** Calculates one segment now, whether it is due or not; false = there is none of this id. */
export async function calculateNow(keeping: Keeping, id: string): Promise<boolean> {
  const { scope } = keeping
  const published = (await findSegments(scope.db.prisma)).find(({ segment }) => segment.id === id)
  if (!published) return false
  await calculate(keeping, published, (await findStates(scope.db)).get(id))
  return true
}

async function keepOne(keeping: Keeping, published: PublishedSegment, state: SegmentState | undefined): Promise<void> {
  if (isDue(keeping, published, state)) return calculate(keeping, published, state)
  await carryOut(keeping, published.segment.id)
}

function isDue({ scope }: Keeping, { definitionId }: PublishedSegment, state: SegmentState | undefined): boolean {
  if (state?.definitionId !== definitionId) return true
  const nightOf = (at: Date) => dayOf(new Date(at.getTime() - NIGHT_HOUR * 3_600_000), scope.timeZone)
  return nightOf(state.calculatedAt) < nightOf(scope.now())
}

async function calculate(keeping: Keeping, published: PublishedSegment, state: SegmentState | undefined) {
  const { db, now, timeZone } = keeping.scope
  const { definitionId, segment } = published
  const moment = { now: now(), timeZone, ...(await holdingFor(db.prisma)) }
  const calculation: Calculation = { segment: segment.id, definitionId, who: segment.who, moment }
  if (state?.definitionId !== definitionId) return replaceMembers(db, calculation)
  // What waits from last time comes first: it would be planned over.
  if (!(await carryOut(keeping, segment.id))) return
  await planChanges(db, calculation)
  await carryOut(keeping, segment.id)
}

/** Carries out what is planned, some at a time, each in a transaction of their own; false = there was no time for all. */
async function carryOut({ scope, perform, isOver }: Keeping, segment: string): Promise<boolean> {
  if (!(await hasChanges(scope.db, segment))) return true
  let taken: number
  do {
    if (isOver()) return false
    taken = await perform(`segment:${segment}:${newId()}`, (work) => move(work, segment))
  } while (taken === CHANGES_AT_ONCE)
  return true
}

async function move(work: Work, segment: string): Promise<number> {
  const { taken, entered, left } = await takeChanges(work.tx, segment, { at: work.now, limit: CHANGES_AT_ONCE })
  const fact = (name: string) => (customerId: string) => ({
    ...{ customerId, name, at: work.now, source: 'segment', properties: { segment } },
    sourceId: `${segment}:${name}:${customerId}:${work.now.toISOString()}`
  })
  const events: readonly NewEvent[] = [...entered.map(fact('segment.entered')), ...left.map(fact('segment.left'))]
  await recordEvents(work, events)
  announceLater(work, events)
  return taken
}
