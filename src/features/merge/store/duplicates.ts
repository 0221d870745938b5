import type { Tx } from '../../../platform/db/index.ts'
import type { MergeReason } from '../rules/reasons.ts'

/** Two customers who may be one person. `a` sorts before `b`. */
export interface Pair {
  readonly a: string
  readonly b: string
}

/** A pair as it was noted: "open", or "apart" once somebody (`decidedBy`) said that they are two people. */
export type Duplicate = Awaited<ReturnType<Tx['likelyDuplicate']['findUniqueOrThrow']>>

/** Pairs that wait for somebody to decide, the oldest first, and how many there are. */
export async function openPairs(tx: Tx, limit: number): Promise<{ pairs: Duplicate[]; count: number }> {
  const where = { state: 'open' }
  const pairs = await tx.likelyDuplicate.findMany({
    ...{ where, take: limit },
    orderBy: [{ foundAt: 'asc' }, { customerA: 'asc' }, { customerB: 'asc' }]
  })
  return { pairs, count: await tx.likelyDuplicate.count({ where }) }
}

/** How many pairs were found since an instant and wait. */
export function countPairs(tx: Tx, since: Date): Promise<number> {
  return tx.likelyDuplicate.count({ where: { state: 'open', foundAt: { gte: since } } })
}

export async function findPair(tx: Tx, { a, b }: Pair): Promise<Duplicate | undefined> {
  const where = { customerA_customerB: { customerA: a, customerB: b } }
  return (await tx.likelyDuplicate.findUnique({ where })) ?? undefined
}

/** Notes a pair anew; it waits for somebody, whatever was decided before. */
export async function suggestPair(
  tx: Tx,
  { a, b }: Pair,
  { reason, at }: { readonly reason: MergeReason; readonly at: Date }
): Promise<void> {
  await tx.likelyDuplicate.upsert({
    where: { customerA_customerB: { customerA: a, customerB: b } },
    create: { customerA: a, customerB: b, reason, foundAt: at },
    update: { reason, state: 'open', decidedBy: null }
  })
}

/** Notes that the two are two people. */
export async function setApart(tx: Tx, { a, b }: Pair, by: string): Promise<void> {
  await tx.likelyDuplicate.update({
    where: { customerA_customerB: { customerA: a, customerB: b } },
    data: { state: 'apart', decidedBy: by }
  })
}

/** Open pairs of whom one is only known by browsers that went over to the other, the oldest first. */
export async function browserPairs(tx: Tx, limit: number): Promise<{ from: string; into: string }[]> {
  return tx.$queryRaw<{ from: string; into: string }[]>`
    WITH pair AS (
      SELECT customer_a AS "from", customer_b AS "into", found_at FROM likely_duplicate
      WHERE state = 'open' AND reason = 'same_browser'
      UNION ALL
      SELECT customer_b, customer_a, found_at FROM likely_duplicate WHERE state = 'open' AND reason = 'same_browser'
    )
    SELECT "from", "into" FROM pair
    WHERE NOT EXISTS (SELECT 1 FROM identity WHERE customer_id = "from")
      AND EXISTS (SELECT 1 FROM identity WHERE customer_id = "into" AND channel <> 'anonymous')
      AND NOT EXISTS (
        SELECT 1 FROM pair AS other WHERE other."from" = pair."from" AND other."into" <> pair."into")
    ORDER BY found_at, "from" LIMIT ${limit}`
}
