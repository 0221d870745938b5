import type { Tx } from '../../../platform/db/index.ts'
import { PRIORITIES, type Priority } from '../rules/reason.ts'

/** A customer's follow-ups at a glance. */
export interface FollowUpsGlance {
  /** The one that is open; undefined = nobody is asked to look after them. */
  readonly open:
    | {
        readonly number: number
        readonly priority: Priority
        readonly assigneeId: string | undefined
        readonly dueAt: Date
        readonly respondedAt: Date | undefined
        readonly snoozedUntil: Date | undefined
      }
    | undefined
  readonly resolved: number
}

/** A customer's follow-ups at a glance, in two statements. */
export async function followUpsGlance(tx: Tx, customerId: string): Promise<FollowUpsGlance> {
  const row = await tx.followUp.findUnique({ where: { openCustomerId: customerId } })
  const resolved = await tx.followUp.count({ where: { customerId, resolvedAt: { not: null } } })
  if (!row) return { open: undefined, resolved }
  const { number, assigneeId, dueAt, respondedAt, snoozedUntil } = row
  const priority = PRIORITIES.find((known) => known === row.priority) ?? 'normal'
  const times = { dueAt, respondedAt: respondedAt ?? undefined, snoozedUntil: snoozedUntil ?? undefined }
  return { open: { number, priority, assigneeId: assigneeId ?? undefined, ...times }, resolved }
}

/** Whose follow-up has this number: 812 of #812. */
export async function customerOfNumber(tx: Tx, number: number): Promise<string | undefined> {
  return (await tx.followUp.findUnique({ where: { number }, select: { customerId: true } }))?.customerId
}
