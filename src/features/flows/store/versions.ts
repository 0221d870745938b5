import type { Tx } from '../../../platform/db/index.ts'

/** Those who wait at one step of one older version. */
export interface Older {
  readonly definitionId: string
  readonly step: string
  readonly people: number
}

/** Who waits in other versions of a flow than this one, by version and step. */
export async function countOlder(
  tx: Tx,
  { flow, definitionId }: { flow: string; definitionId: string }
): Promise<Older[]> {
  return tx.$queryRaw<Older[]>`
    SELECT definition_id::text AS "definitionId", step, count(*)::int AS people
    FROM flow_run WHERE flow = ${flow} AND open_key IS NOT NULL AND definition_id <> ${definitionId}::uuid
    GROUP BY definition_id, step ORDER BY definition_id, step`
}

/** Some runs that wait at a step of a version, of the customers after one, in the order of these. */
export async function findOlder(
  tx: Tx,
  { flow, definitionId, step }: Pick<Older, 'definitionId' | 'step'> & { readonly flow: string },
  { after, limit }: { after: string; limit: number }
): Promise<{ id: string; customerId: string }[]> {
  return tx.flowRun.findMany({
    where: { flow, definitionId, step, openKey: { not: null }, ...(after && { customerId: { gt: after } }) },
    orderBy: { customerId: 'asc' },
    take: limit,
    select: { id: true, customerId: true }
  })
}

/** Moves those among the runs that still wait where they did; how many. */
export async function moveToVersion(
  tx: Tx,
  {
    ids,
    older,
    definitionId,
    to
  }: { ids: readonly string[]; older: Pick<Older, 'definitionId' | 'step'>; definitionId: string; to: string }
): Promise<number> {
  const where = { id: { in: [...ids] }, definitionId: older.definitionId, step: older.step, openKey: { not: null } }
  return (await tx.flowRun.updateMany({ where, data: { definitionId, step: to } })).count
}
