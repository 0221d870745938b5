import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'

/** What all lines of a customer's ledger add up to. */
export async function sumOfEntries(tx: Tx, customerId: string): Promise<number> {
  const { _sum } = await tx.pointsEntry.aggregate({ where: { customerId }, _sum: { points: true } })
  return _sum.points ?? 0
}

/** Where both have a line of one cause (a visit on one day), the one that comes over is told apart by its id. */
export async function tellCausesApart(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    UPDATE points_entry AS own SET cause = own.cause || '#' || own.id FROM points_entry AS other
    WHERE own.customer_id = ${from}::uuid AND other.customer_id = ${into}::uuid AND other.cause = own.cause`
}

/** Customers some of whose points ran out, the longest ago first; at most `limit` lots are looked at. */
export async function customersDue(tx: Tx, at: Date, limit: number): Promise<string[]> {
  const rows = await tx.pointsLot.findMany({
    where: { remaining: { gt: 0 }, expiresAt: { lte: at } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
    select: { customerId: true }
  })
  return [...new Set(rows.map(({ customerId }) => customerId))]
}
