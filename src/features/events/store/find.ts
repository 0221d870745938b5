import type { Tx } from '../../../platform/db/index.ts'
import type { JsonObject } from '../rules/bounds.ts'
import type { NewEvent } from './append.ts'

export interface FoundEvent {
  readonly customerId: string
  readonly shop?: string
  readonly properties: JsonObject
}

/** An event by what its source calls it; its name and time say where to look. Undefined when it is not there any more. */
export async function findEvent(
  tx: Tx,
  { name, at, source, sourceId }: Pick<NewEvent, 'name' | 'at' | 'source' | 'sourceId'>
): Promise<FoundEvent | undefined> {
  const [row] = await tx.$queryRaw<{ customerId: string; shop: string | null; properties: JsonObject }[]>`
    SELECT customer_id AS "customerId", shop, properties FROM event
    WHERE name = ${name} AND at = ${at} AND source = ${source} AND source_id = ${sourceId}`
  return row && { customerId: row.customerId, properties: row.properties, ...(row.shop !== null && { shop: row.shop }) }
}

/** When a customer last did something, by the name of the event; undefined = never. */
export async function newestAt(tx: Tx, customerId: string, name: string): Promise<Date | undefined> {
  const newest = await tx.event.findFirst({
    where: { customerId, name },
    orderBy: { at: 'desc' },
    select: { at: true }
  })
  return newest?.at
}
