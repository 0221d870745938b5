import { cancelTimer, setTimer } from '../../platform/queue/timers.ts'
import type { Work } from '../../platform/work.ts'
import type { FollowUpState } from './rules/state.ts'
import type { FollowUp } from './store/follow-ups.ts'

/** Kinds of this room's timers; their body is the follow-up's id. */
export const WAKE = 'follow_up.wake'
export const OVERDUE = 'follow_up.overdue'
export const REDRAW = 'follow_up.redraw'

/** What decides the timers of a follow-up. */
type Timed = Pick<FollowUpState, 'dueAt' | 'respondedAt' | 'snoozedUntil'>
type Subject = Pick<FollowUp, 'id' | 'customerId'>

/** Makes the timers fit the state: one wakes a snoozed follow-up, one reminds of a deadline that nobody has met yet. */
export async function keepTimers(work: Work, subject: Subject, { before, after }: { before?: Timed; after: Timed }) {
  if (!same(before?.snoozedUntil, after.snoozedUntil))
    await schedule(work, WAKE, subject, after.snoozedUntil ?? undefined)
  const due = (timed: Timed | undefined) => (timed && !timed.respondedAt ? timed.dueAt : undefined)
  if (!same(due(before), due(after))) await schedule(work, OVERDUE, subject, due(after))
}

function same(one: Date | null | undefined, other: Date | null | undefined): boolean {
  return one?.getTime() === other?.getTime()
}

async function schedule(work: Work, kind: string, { id, customerId }: Subject, dueAt: Date | undefined): Promise<void> {
  const name = `${kind}:${id}`
  await cancelTimer(work, name)
  if (dueAt) await setTimer(work, { kind, name, key: customerId, dueAt, body: id })
}
