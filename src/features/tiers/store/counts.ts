import type { Tx } from '../../../platform/db/index.ts'

/** All customers there are. */
export function countCustomers(tx: Tx): Promise<number> {
  return tx.customer.count()
}

/** How many customers have a tier of their own, by its key. */
export async function countHeld(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.customerTier.groupBy({ by: ['tier'], _count: true })
  return new Map(rows.map(({ tier, _count }) => [tier, _count]))
}

/** How many customers came up to a tier, and down to it, since an instant, by its key; what rules and merges did left out. */
export async function countMoves(
  tx: Tx,
  since: Date
): Promise<ReadonlyMap<string, { readonly up: number; readonly down: number }>> {
  const rows = await tx.$queryRaw<{ tier: string; up: number; down: number }[]>`
    SELECT tier, count(DISTINCT customer_id) FILTER (WHERE reason = 'reached')::int AS up,
      count(DISTINCT customer_id) FILTER (WHERE reason = 'ended')::int AS down
    FROM tier_change WHERE at >= ${since} GROUP BY tier`
  return new Map(rows.map(({ tier, up, down }) => [tier, { up, down }]))
}
