import type { Tx } from '../../../platform/db/index.ts'
import { ENTRY_KINDS, type EntryKind } from '../rules/entry-kind.ts'

/** A line of the ledger as its customer reads it. */
export interface StatementLine {
  readonly id: string
  readonly kind: EntryKind
  readonly points: number
  readonly at: Date
}

/** Lines below this one are older. */
export type StatementPlace = Pick<StatementLine, 'id' | 'at'>

/** A customer's lines, the newest first; those that change nothing are left out. */
export async function findLines(
  tx: Tx,
  customerId: string,
  { below, limit }: { readonly below?: StatementPlace | undefined; readonly limit: number }
): Promise<StatementLine[]> {
  const older = below && { OR: [{ at: { lt: below.at } }, { at: below.at, id: { lt: below.id } }] }
  const rows = await tx.pointsEntry.findMany({
    where: { customerId, points: { not: 0 }, ...older },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, kind: true, points: true, at: true }
  })
  return rows.flatMap((row) => {
    const kind = ENTRY_KINDS.find((known) => known === row.kind)
    return kind ? [{ ...row, kind }] : []
  })
}
