import type { Tx } from '../../../platform/db/index.ts'

/** Whose the order is that a source told under this id; undefined when it has told none. */
export async function ownerOfOrder(
  tx: Tx,
  { source, sourceId }: { readonly source: string; readonly sourceId: string }
): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ customerId: string }[]>`
    SELECT customer_id AS "customerId" FROM event
    WHERE name = 'order.completed' AND source = ${source} AND source_id = ${sourceId} LIMIT 1`
  return row?.customerId
}
