import type { MergedPair, Merging } from '../../platform/feature.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { say, show } from './announce.ts'
import { moreUrgent } from './rules/reason.ts'
import { type FollowUpState, joined } from './rules/state.ts'
import { keepTimers } from './schedule.ts'
import { type FollowUp, findOpen, giveOpenPlace, saveState } from './store/follow-ups.ts'
import { moveReasons } from './store/reasons.ts'
import { mergedLine } from './texts.ts'

/** A customer has one open follow-up: of two the older one goes on, with the reasons of both. */
export const merging: Merging = {
  settle,
  async derive(work, customerIds) {
    for (const customerId of customerIds) await redraw(work, customerId)
  }
}

/** Nobody did anything to it: nothing is logged. */
async function redraw(work: Work, customerId: string): Promise<void> {
  const open = await findOpen(work.tx, work.cipher, customerId)
  if (!open) return
  await saveState(work.tx, open, { ...open, version: open.version + 1 })
  show(work, open.id)
}

async function settle(work: Work, { from, into }: MergedPair): Promise<void> {
  const { tx, cipher } = work
  const open = [await findOpen(tx, cipher, from), await findOpen(tx, cipher, into)].filter((one) => one !== undefined)
  const [older, younger] = open.sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || a.number - b.number)
  if (older && younger) await join(work, older, younger)
  if (older) await giveOpenPlace(tx, older.id, into)
}

async function join(work: Work, older: FollowUp, younger: FollowUp): Promise<void> {
  const { tx, now } = work
  const ended: FollowUpState = { ...younger, ...joined(now), version: younger.version + 1 }
  await moveReasons(tx, younger.id, older.id)
  await saveState(tx, younger, ended)
  await keepTimers(work, younger, { before: younger, after: { ...ended, respondedAt: now } })
  const state: FollowUpState = { ...older, ...together(older, younger), version: older.version + 1 }
  await saveState(tx, older, state)
  await keepTimers(work, older, { before: older, after: state })
  show(work, younger.id)
  say(work, younger.id, mergedLine(older.number, await sharedLocale(tx)))
}

/** The more urgent of both; whoever has one of them has both. */
function together(older: FollowUp, younger: FollowUp): Partial<FollowUpState> {
  const assigned = older.assigneeId || !younger.assigneeId ? older : younger
  return {
    priority: moreUrgent(older.priority, younger.priority),
    dueAt: older.dueAt < younger.dueAt ? older.dueAt : younger.dueAt,
    assigneeId: assigned.assigneeId,
    respondedAt: assigned.respondedAt,
    snoozedUntil: older.snoozedUntil && younger.snoozedUntil ? older.snoozedUntil : null
  }
}
