import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import type { Change } from './rules/state.ts'
import type { FollowUp } from './store/follow-ups.ts'

type Doing = Pick<AuditEntry, 'action' | 'detail'>

/** Writes down what a staff member did to a follow-up, or saw of its customer. */
export async function auditFollowUp(
  work: Pick<Work, 'tx' | 'cipher' | 'now'>,
  { number, customerId }: Pick<FollowUp, 'number' | 'customerId'>,
  doing: Doing & { readonly staff: string }
): Promise<void> {
  const { staff, action, detail } = doing
  const subject = { type: 'follow_up', id: String(number) } as const
  await recordAudit(work, { actor: { kind: 'staff', id: staff }, action, subject, customerId, detail })
}

/** What a change is called in the log; undefined for what nobody of the team did. The note stays in the follow-up. */
export function doingOf(change: Change): Doing | undefined {
  switch (change.kind) {
    case 'claim':
      return { action: 'follow_up.claim' }
    case 'assign':
      return { action: 'follow_up.assign', detail: { staff: change.to } }
    case 'snooze':
      return { action: 'follow_up.snooze', detail: { until: change.until.toISOString() } }
    case 'resolve':
      return { action: 'follow_up.resolve', detail: { outcome: change.outcome } }
    case 'reopen':
      return { action: 'follow_up.reopen', detail: { until: change.dueAt.toISOString() } }
    default:
      return undefined
  }
}
