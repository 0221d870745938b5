import type { Tx } from '../../../platform/db/index.ts'

/** Who looked after a customer last: had their newest follow-up that anybody had, or ended it. */
export async function lastCaretaker(tx: Tx, customerId: string): Promise<string | undefined> {
  const row = await tx.followUp.findFirst({
    where: { customerId, OR: [{ assigneeId: { not: null } }, { resolvedBy: { not: null } }] },
    orderBy: { number: 'desc' },
    select: { assigneeId: true, resolvedBy: true }
  })
  return row?.assigneeId ?? row?.resolvedBy ?? undefined
}

/** How many open follow-ups each of those has who have any. */
export async function countOpenByAssignee(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.followUp.groupBy({
    by: ['assigneeId'],
    where: { openCustomerId: { not: null }, assigneeId: { not: null } },
    _count: true
  })
  return new Map(rows.flatMap(({ assigneeId, _count }) => (assigneeId ? [[assigneeId, _count] as const] : [])))
}
