import type { Tx } from '../../../platform/db/index.ts'

const EVENTS_AT_ONCE = 100

/**
 * Some customers with events from before an instant, as the first such events name them: looked for from the customers, those
 * whose events are gone would be gone through again each time.
 */
export async function withEventsBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT customer_id AS id FROM (
      SELECT customer_id FROM event WHERE at < ${before} LIMIT ${EVENTS_AT_ONCE}
    ) AS old ORDER BY id`
  return rows.map(({ id }) => id)
}

/** Forgets the events of customers from before an instant. */
export async function dropEvents(tx: Tx, customerIds: readonly string[], before: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM event WHERE customer_id = ANY (${customerIds}::uuid[]) AND at < ${before}`
}
