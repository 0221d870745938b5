import type { Tx } from '../../../platform/db/index.ts'

/** Empties the follow-ups of a customer who is erased, and ends those that are open; their ids. Done again, there are none. */
export async function eraseFollowUps(tx: Tx, { customerId, at }: { customerId: string; at: Date }): Promise<string[]> {
  const rows = await tx.followUp.findMany({ where: { customerId, erasedAt: null }, select: { id: true } })
  const ids = { in: rows.map(({ id }) => id) }
  await tx.followUpReason.deleteMany({ where: { followUpId: ids } })
  await tx.followUpActivity.updateMany({ where: { followUpId: ids }, data: { detailSealed: null } })
  const emptied = {
    erasedAt: at,
    noteSealed: null,
    openCustomerId: null,
    snoozedUntil: null,
    version: { increment: 1 }
  }
  await tx.followUp.updateMany({ where: { id: ids }, data: emptied })
  await tx.followUp.updateMany({ where: { id: ids, resolvedAt: null }, data: { resolvedAt: at } })
  return rows.map(({ id }) => id)
}

const FOLLOW_UPS_AT_ONCE = 200

/** Forgets what was written in some follow-ups that were resolved before an instant; how many. */
export async function forgetWords(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.followUp.findMany({
    where: {
      resolvedAt: { lt: before },
      OR: [
        { noteSealed: { not: null } },
        { reasons: { some: { OR: [{ wordsSealed: { not: null } }, { titleSealed: { not: null } }] } } },
        { activities: { some: { detailSealed: { not: null } } } }
      ]
    },
    take: FOLLOW_UPS_AT_ONCE,
    select: { id: true }
  })
  const ids = { in: rows.map(({ id }) => id) }
  await tx.followUpReason.updateMany({ where: { followUpId: ids }, data: { wordsSealed: null, titleSealed: null } })
  await tx.followUpActivity.updateMany({ where: { followUpId: ids }, data: { detailSealed: null } })
  await tx.followUp.updateMany({ where: { id: ids }, data: { noteSealed: null } })
  return rows.length
}
