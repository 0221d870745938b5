import type { Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { say, show } from './announce.ts'
import { auditFollowUp, doingOf } from './audit-change.ts'
import { type Change, decide, type FollowUpState, type Refusal } from './rules/state.ts'
import { keepTimers } from './schedule.ts'
import { insertActivity, wasDone } from './store/activities.ts'
import { customerOf, type FollowUp, findFollowUp, findOpen, saveState, sealNote } from './store/follow-ups.ts'
import { threadLine } from './texts.ts'

export interface ChangeRequest {
  /** Follow-up id, as it came with a button: it may name nothing. */
  readonly id: string
  /** Slack user id, or "matane" when the clock does it. */
  readonly actor: string
  readonly change: Change
  /** How it ended, in the staff member's words; only with "resolve". */
  readonly note?: string | undefined
}

/** Why nothing changed; `other_open` = the customer has a newer follow-up that is open. */
export type NotChanged = Refusal | { readonly kind: 'gone' } | { readonly kind: 'other_open'; readonly number: number }

/**
 * Changes a follow-up under its customer's lock, writes down who did it, and brings the card up to date. The same cause
 * told twice changes it once and gets the same answer.
 */
export async function changeFollowUp(work: Work, request: ChangeRequest): Promise<Result<FollowUp, NotChanged>> {
  const { id, change } = request
  const customerId = await customerOf(work.tx, id)
  if (!customerId) return { ok: false, kind: 'gone' }
  await lockKey(work.tx, customerId)
  const before = await findFollowUp(work.tx, work.cipher, id)
  if (!before || before.erasedAt) return { ok: false, kind: 'gone' }
  if (await wasDone(work.tx, id, { cause: work.cause, action: change.kind })) return { ok: true, value: before }
  const obstacle = await obstacleTo(work, change, before)
  if (obstacle) return { ok: false, ...obstacle }
  const decided = decide(before, change, work.now)
  if (!decided.ok) return decided
  await carryOut(work, request, { before, after: decided.value })
  return { ok: true, value: { ...before, ...decided.value } }
}

/** What stands against a change outside of the follow-up itself. */
async function obstacleTo({ tx, cipher }: Work, change: Change, { id, customerId }: FollowUp) {
  if (change.kind === 'reopen') {
    const other = await findOpen(tx, cipher, customerId)
    if (other && other.id !== id) return { kind: 'other_open', number: other.number } as const
  }
  return undefined
}

/** What is said because time has passed, not because somebody acted. */
const BY_CLOCK: ReadonlySet<Change['kind']> = new Set(['wake', 'remind'])

interface Step {
  readonly before: FollowUp
  readonly after: FollowUpState
}

async function carryOut(work: Work, { actor, change, note }: ChangeRequest, step: Step): Promise<void> {
  const { before, after } = step
  const detail = change.kind === 'resolve' ? note : change.kind === 'assign' ? change.to : undefined
  await saveState(work.tx, before, after, await noteToStore(work, before, { change, note }))
  await insertActivity(work.tx, work.cipher, {
    ...{ followUp: before, actor, action: change.kind, detail },
    ...{ cause: work.cause, at: work.now }
  })
  const doing = doingOf(change)
  if (doing) await auditFollowUp(work, before, { staff: actor, ...doing })
  await keepTimers(work, before, step)
  if (change.kind === 'resolve') await tellResolved(work, before, change.outcome)
  show(work, before.id)
  const line = threadLine(
    change,
    { actor, number: before.number, note, assigneeId: after.assigneeId, timeZone: work.timeZone },
    await sharedLocale(work.tx)
  )
  // Whoever was named follows the thread; while nobody was, only the channel hears the clock.
  const toAll = BY_CLOCK.has(change.kind) && !after.assigneeId
  if (line) say(work, before.id, line, { toAll })
}

/** Leaves the note as it is (undefined), or replaces it; a reopened follow-up has none. */
async function noteToStore(
  work: Work,
  { customerId }: FollowUp,
  { change, note }: Pick<ChangeRequest, 'change' | 'note'>
): Promise<string | null | undefined> {
  if (change.kind !== 'resolve') return change.kind === 'reopen' ? null : undefined
  return note ? sealNote(work, customerId, note) : null
}

async function tellResolved(work: Work, { id, customerId }: FollowUp, outcome: string): Promise<void> {
  await recordFact(work, {
    ...{ customerId, name: 'follow_up.resolved', at: work.now },
    ...{ source: 'matane', sourceId: `${id}:${work.cause}` },
    properties: { outcome }
  })
}
