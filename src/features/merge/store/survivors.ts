import type { Tx } from '../../../platform/db/index.ts'

/** Whom customers became part of, through however many merges that hold; only those who did. */
export async function survivorsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; survivor: string }[]>`
    WITH RECURSIVE road AS (
      SELECT from_id AS id, into_id AS survivor, 1 AS steps FROM customer_merge
      WHERE from_id = ANY (${ids}::uuid[]) AND undone_at IS NULL
      UNION
      SELECT road.id, later.into_id, road.steps + 1 FROM road
      JOIN customer_merge AS later ON later.from_id = road.survivor AND later.undone_at IS NULL
    )
    SELECT DISTINCT ON (id) id, survivor FROM road ORDER BY id, steps DESC`
  return new Map(rows.map(({ id, survivor }) => [id, survivor]))
}
