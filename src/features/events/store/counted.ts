import type { Database, Tx } from '../../../platform/db/index.ts'
import type { JsonObject } from '../rules/bounds.ts'

/** A stored event, as far as it counts. */
export interface StoredEvent {
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly at: Date
  readonly properties: JsonObject
}

/** The next customers in the order of their ids, after one; "" = from the first. */
export async function customersAfter(db: Database, after: string, limit: number): Promise<string[]> {
  const from = after === '' ? '00000000-0000-0000-0000-000000000000' : after
  const rows = await db.query<{ id: string }>('SELECT id FROM customer WHERE id > $1::uuid ORDER BY id LIMIT $2', [
    from,
    limit
  ])
  return rows.map(({ id }) => id)
}

/** How many customers there are. */
export async function countCustomers(db: Database): Promise<number> {
  const [row] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM customer')
  return row?.count ?? 0
}

/** Which of the customers have figures, or events of these names. */
export async function customersWithFigures(
  tx: Tx,
  customerIds: readonly string[],
  names: readonly string[]
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT given.id FROM unnest(${customerIds}::uuid[]) AS given (id)
    WHERE EXISTS (SELECT 1 FROM customer_stats WHERE customer_id = given.id)
      OR EXISTS (SELECT 1 FROM event WHERE customer_id = given.id AND name = ANY (${names}::text[]))`
  return rows.map(({ id }) => id)
}

/** The next events of these names of these customers, after one; in the order of customer, time and id. */
export function eventsAfter(
  tx: Tx,
  of: { readonly customerIds: readonly string[]; readonly names: readonly string[] },
  page: { readonly after: StoredEvent | undefined; readonly limit: number }
): Promise<StoredEvent[]> {
  const { after, limit } = page
  return tx.$queryRaw<StoredEvent[]>`
    SELECT id, customer_id AS "customerId", name, at, properties FROM event
    WHERE customer_id = ANY (${of.customerIds}::uuid[]) AND name = ANY (${of.names}::text[])
      AND (${after === undefined} OR (customer_id, at, id) > (${after?.customerId ?? null}::uuid, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY customer_id, at, id LIMIT ${limit}`
}

/** Forgets what the days and figures of customers add up to; their rows stay locked. */
export async function clearFigures(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM customer_day WHERE customer_id = ANY (${customerIds}::uuid[])`
}

/** Figures of customers without a single day: such a row does not exist. */
export async function dropEmptyFigures(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM customer_stats AS stats WHERE customer_id = ANY (${customerIds}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM customer_day WHERE customer_id = stats.customer_id)`
}
