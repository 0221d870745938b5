import { addDuration } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { hasCancelIntent } from '../voice/index.ts'
import { say, show } from './announce.ts'
import { chooseAssignee } from './choose-assignee.ts'
import type { NewReason } from './rules/reason.ts'
import { decide } from './rules/state.ts'
import { keepTimers } from './schedule.ts'
import { insertActivity } from './store/activities.ts'
import { type FollowUp, findOpen, insertFollowUp, saveState } from './store/follow-ups.ts'
import { findByCause, insertReason } from './store/reasons.ts'
import { givenLine, reasonLine } from './texts.ts'

/** Which follow-up now carries the reason, and what that took: a new one, one more reason, or nothing (cause known). */
export interface OpenedFollowUp {
  readonly id: string
  readonly number: number
  readonly how: 'opened' | 'added' | 'known'
}

/**
 * Gets a person to look after a customer: opens a follow-up, or adds the reason to the one that is open. Shows it in
 * Slack. Safe to call again with the same cause. Takes the customer's lock.
 */
export async function openFollowUp(work: Work, given: NewReason): Promise<OpenedFollowUp> {
  const reason = hasCancelIntent(given.words ?? '') ? { ...given, priority: 'high' as const } : given
  await lockKey(work.tx, reason.customerId)
  const known = await findByCause(work.tx, reason.customerId, reason.cause)
  if (known) return { id: known.id, number: known.number, how: 'known' }
  const open = await findOpen(work.tx, work.cipher, reason.customerId)
  return open ? addReason(work, open, reason) : openNew(work, reason)
}

async function openNew(work: Work, reason: NewReason): Promise<OpenedFollowUp> {
  const assigneeId = await chooseAssignee(work.tx, reason)
  const made = await insertFollowUp(work.tx, work.cipher, {
    assigneeId,
    customerId: reason.customerId,
    priority: reason.priority,
    dueAt: addDuration(work.now, reason.due),
    openedAt: work.now,
    cause: reason.cause
  })
  await insertReason(work.tx, work.cipher, { ...reason, followUpId: made.id, at: work.now })
  await log(work, made, 'open', reason)
  await keepTimers(work, made, { after: made })
  await tellOpened(work, made, reason)
  show(work, made.id)
  if (assigneeId) await tellGiven(work, made, { to: assigneeId, cause: reason.cause })
  return { id: made.id, number: made.number, how: 'opened' }
}

async function addReason(work: Work, open: FollowUp, reason: NewReason): Promise<OpenedFollowUp> {
  const dueAt = addDuration(work.now, reason.due)
  const decided = decide(open, { kind: 'add_reason', priority: reason.priority, dueAt }, work.now)
  if (!decided.ok) throw new Error(`Follow-up ${open.id} is open and takes no reason: ${decided.kind}`)
  await insertReason(work.tx, work.cipher, { ...reason, followUpId: open.id, at: work.now })
  const given = open.assigneeId ? null : await chooseAssignee(work.tx, reason)
  await saveState(work.tx, open, given ? { ...decided.value, assigneeId: given } : decided.value)
  await log(work, open, 'add_reason', reason)
  await keepTimers(work, open, { before: open, after: decided.value })
  show(work, open.id)
  say(work, open.id, reasonLine(reason, open.snoozedUntil !== null, await sharedLocale(work.tx)))
  if (given) await tellGiven(work, open, { to: given, cause: reason.cause })
  return { id: open.id, number: open.number, how: 'added' }
}

/** Whom it was given to is written down, and asked by name under the card. */
async function tellGiven(work: Work, followUp: FollowUp, { to, cause }: { to: string; cause: string }): Promise<void> {
  const done = { followUp, action: 'assign', actor: 'matane', at: work.now, cause, detail: to }
  await insertActivity(work.tx, work.cipher, done)
  say(work, followUp.id, givenLine(to, await sharedLocale(work.tx)))
}

async function log(work: Work, followUp: FollowUp, action: string, reason: NewReason): Promise<void> {
  await insertActivity(work.tx, work.cipher, {
    ...{ followUp, action, actor: reason.by ?? 'customer', at: work.now },
    cause: reason.cause,
    detail: reason.kind
  })
}

async function tellOpened(work: Work, made: FollowUp, { kind }: NewReason): Promise<void> {
  await recordFact(work, {
    ...{ customerId: made.customerId, name: 'follow_up.opened', at: work.now },
    ...{ source: 'matane', sourceId: made.id },
    properties: { kind, priority: made.priority }
  })
}
