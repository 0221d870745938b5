import type { Tx } from '../../../platform/db/index.ts'

const CUSTOMERS_AT_ONCE = 100

/** Some customers with events from before an instant. */
export async function withEventsBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM customer WHERE EXISTS (SELECT 1 FROM event WHERE customer_id = customer.id AND at < ${before})
    ORDER BY id LIMIT ${CUSTOMERS_AT_ONCE}`
  return rows.map(({ id }) => id)
}

/** Forgets the events of customers from before an instant. */
export async function dropEvents(tx: Tx, customerIds: readonly string[], before: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM event WHERE customer_id = ANY (${customerIds}::uuid[]) AND at < ${before}`
}
