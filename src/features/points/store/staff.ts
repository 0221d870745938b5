import type { Tx } from '../../../platform/db/index.ts'

/** How many points a Slack account gave and took since an instant, together. */
export async function pointsMovedBy(tx: Tx, by: string, since: Date): Promise<number> {
  const rows = await tx.pointsEntry.findMany({ where: { by, at: { gte: since } }, select: { points: true } })
  return rows.reduce((sum, { points }) => sum + Math.abs(points), 0)
}

/** The newest line of a customer's that staff wrote; undefined = none is. */
export async function newestByStaff(tx: Tx, customerId: string): Promise<string | undefined> {
  const where = { customerId, kind: 'staff' }
  return (await tx.pointsEntry.findFirst({ where, orderBy: { id: 'desc' }, select: { id: true } }))?.id
}
