import { canonicalJson } from '../../core/hash.ts'
import { newId } from '../../core/ids.ts'
import type { Context } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { byId } from '../definitions/index.ts'
import { enterManyLater, flowOf, type PublishedFlow, publishedFlow, publishedFlows, startOf } from '../flows/index.ts'
import { dueSource, isTimed, passes } from './due-source.ts'
import { nextWindow } from './rules/window.ts'
import { type DueSource, findDue } from './store/due.ts'
import { lockStart, openStarts, saveStart } from './store/starts.ts'
import { type FlowKey, forgetOthers, lockWatermark, saveWatermark, type Watermark } from './store/watermarks.ts'

/** A batch is one short transaction: what is told meanwhile is stored in between. */
const AT_ONCE = 1_000

type Entering = Pick<Context, 'scope' | 'perform'> & {
  /** Whether to leave the rest for another time. */
  readonly isOver: () => boolean
  /** Customers of one transaction, 1,000 when left out. */
  readonly atOnce?: number
}

/**
 * Finds the customers whom time leads into flows, those of whom something has not happened, whose date has come, who are in a
 * segment when its hour strikes, and sets timers that lead them in: some at a time, and from where it was left. Every moment
 * is looked at once, from the publication of its trigger on; after that, up to 90 or 3 days late (see nextWindow).
 */
export async function enterDue(entering: Entering): Promise<void> {
  const { scope, perform, isOver, atOnce = AT_ONCE } = entering
  const timed = (await publishedFlows(scope.db.prisma)).filter(({ flow }) => isTimed(startOf(flow.trigger)))
  await forgetOthers(scope.db.prisma, timed.map(keyOf))
  const works = [
    ...timed.map((each) => (work: Work) => enterSome(work, each, atOnce)),
    ...(await openStarts(scope.db.prisma)).map((id) => (work: Work) => continueStart(work, id, atOnce))
  ]
  for (const step of works) {
    let more = true
    while (more && !isOver())
      more = await perform(`flow-entries:${newId()}`, step).catch((error: unknown) => {
        scope.log.error('Customers could not be led into a flow', { error })
        return false
      })
  }
}

function keyOf({ definition, flow }: PublishedFlow): FlowKey {
  return { kind: definition.kind, flow: flow.id }
}

/** Looks at some customers; whether there are more. */
async function enterSome(work: Work, each: PublishedFlow, limit: number): Promise<boolean> {
  const { definition, flow } = each
  const first = { definitionId: definition.id, doneUntil: definition.publishedAt }
  const locked = await lockWatermark(work.tx, keyOf(each), first)
  if (!locked) return false
  const start = startOf(flow.trigger)
  const mark = await asOfNow(work, each, locked)
  const window = mark.until
    ? { from: mark.doneUntil, until: mark.until }
    : nextWindow(mark.doneUntil, work.now, { passes: passes(start) })
  if (!window) return false
  const source = dueSource(start, window, work.timeZone)
  const after = source && (await enterPart(work, each, { source, after: mark.after, limit }))
  const next = after
    ? { doneUntil: window.from, until: window.until, after }
    : { doneUntil: window.until, until: undefined, after: undefined }
  await saveWatermark(work.tx, keyOf(each), { definitionId: definition.id, ...next })
  return after !== undefined
}

/** Another version goes on where the one before was, unless it starts otherwise: it leads in whom time comes for from then on. */
async function asOfNow(work: Work, { definition, flow }: PublishedFlow, mark: Watermark): Promise<Watermark> {
  if (mark.definitionId === definition.id) return mark
  const before = await byId(work.tx, mark.definitionId)
  const isSame = before && canonicalJson(flowOf(before.body).trigger) === canonicalJson(flow.trigger)
  return isSame ? mark : { ...mark, doneUntil: definition.publishedAt, until: undefined, after: undefined }
}

/** Leads some of the customers in, after the one given; the last one looked at, undefined when there are no more. */
async function enterPart(
  work: Work,
  { flow }: PublishedFlow,
  { source, ...part }: { source: DueSource; after: string | undefined; limit: number }
): Promise<string | undefined> {
  const { tx, now, timeZone } = work
  const { due, last } = await findDue(tx, source, { ...part, timeZone })
  await enterManyLater(work, flow, { entries: due, at: now })
  if (due.length > 0) work.log.info('Time leads customers into a flow', { flow: flow.id, customers: due.length })
  return last
}

/** Goes on with what was started by hand; whether there are more customers. */
async function continueStart(work: Work, id: string, limit: number): Promise<boolean> {
  const start = await lockStart(work.tx, id)
  if (!start) return false
  const kind = start.kind === 'survey' ? 'survey' : 'scenario'
  const found = await publishedFlow(work.tx, start.flow, kind)
  const source = { of: 'segment', segment: start.segment, cause: `hand:${id}` } as const
  const after = found && (await enterPart(work, found, { source, after: start.after, limit }))
  await saveStart(work.tx, id, after)
  return after !== undefined
}
