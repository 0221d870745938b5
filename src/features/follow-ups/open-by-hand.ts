import type { Work } from '../../platform/work.ts'
import { auditFollowUp } from './audit-change.ts'
import { type OpenedFollowUp, openFollowUp } from './open-follow-up.ts'
import { DUE, type Priority } from './rules/reason.ts'

export interface Noticed {
  readonly customerId: string
  /** Slack user id. */
  readonly staff: string
  readonly priority: Priority
  /** What they noticed, in their words. */
  readonly note: string
}

/** Lets staff ask for a follow-up themselves; it joins the one that is open. The same cause told twice opens one. */
export async function openByHand(work: Work, { customerId, staff, priority, note }: Noticed): Promise<OpenedFollowUp> {
  const reason = { customerId, kind: 'staff', words: note, by: staff, priority, due: DUE[priority] } as const
  const opened = await openFollowUp(work, { ...reason, cause: work.cause })
  if (opened.how !== 'known') {
    await auditFollowUp(work, { number: opened.number, customerId }, { staff, action: 'follow_up.open' })
  }
  return opened
}
