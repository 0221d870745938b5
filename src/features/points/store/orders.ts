import type { Tx } from '../../../platform/db/index.ts'

/** An order in a customer's ledger, and what became of it. */
export interface KeptOrder {
  readonly entryId: string
  readonly lotId: string
  /** What it gave. */
  readonly points: number
  readonly amountYen: number
  readonly refundedYen: number
  readonly takenBack: number
}

/** The newest order of this id that gave points; undefined = none did. */
export async function findOrder(tx: Tx, customerId: string, order: string): Promise<KeptOrder | undefined> {
  const rows = await tx.pointsEntry.findMany({
    where: { customerId, ref: order, kind: { in: ['order', 'refund'] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    include: { lot: { select: { id: true } } }
  })
  const own = rows.find(({ kind }) => kind === 'order')
  if (!own?.lot) return undefined
  const refunds = rows.filter(({ kind }) => kind === 'refund')
  return {
    entryId: own.id,
    lotId: own.lot.id,
    points: own.points,
    amountYen: own.amountYen ?? 0,
    refundedYen: refunds.reduce((sum, { amountYen }) => sum + (amountYen ?? 0), 0),
    takenBack: refunds.reduce((sum, { points }) => sum - points, 0)
  }
}
