import { Prisma } from '#prisma'
import type { Database, Tx } from '../../../platform/db/index.ts'
import { givenStages, type NewStage } from './stages.ts'
import { DERIVED, sumsOfDays } from './sums.ts'

/**
 * Locks the figures of customers until the transaction ends, and makes those that have none yet; in order, so that two
 * batches never wait for each other in a circle. Throws when a customer does not exist.
 */
export async function lockFigures(tx: Tx, customerIds: readonly string[]): Promise<void> {
  // "WHERE false" locks the row that is there and writes nothing.
  await tx.$executeRaw`
    INSERT INTO customer_stats (customer_id)
    SELECT id FROM unnest(${[...customerIds].sort()}::uuid[]) AS given (id) ORDER BY id
    ON CONFLICT (customer_id) DO UPDATE SET customer_id = EXCLUDED.customer_id WHERE false`
}

const FIGURES = Prisma.raw(DERIVED.join(', '))
const SAME_FIGURES = Prisma.raw(DERIVED.map((name) => `${name} = EXCLUDED.${name}`).join(', '))

/**
 * Derives the figures of customers from their days, and keeps the stages that are given with them: a row is written once.
 * Of customers without a given stage the stage stays. Their rows are there and locked: "ON CONFLICT" finds each by its key.
 */
export async function deriveStats(
  tx: Tx,
  customerIds: readonly string[],
  { today, stages = [] }: { readonly today: string; readonly stages?: readonly NewStage[] }
): Promise<void> {
  await tx.$executeRaw`
    WITH ${sumsOfDays(customerIds, today)}, ${givenStages(stages, today)}
    INSERT INTO customer_stats AS stats (customer_id, ${FIGURES}, stage, stage_since, stage_due_on)
    SELECT customer_id, ${FIGURES}, given.stage, given.since, given.due_on FROM sums LEFT JOIN given USING (customer_id)
    ON CONFLICT (customer_id) DO UPDATE SET ${SAME_FIGURES},
      stage = COALESCE(EXCLUDED.stage, stats.stage), stage_since = COALESCE(EXCLUDED.stage_since, stats.stage_since),
      stage_due_on = CASE WHEN EXCLUDED.stage IS NULL THEN stats.stage_due_on ELSE EXCLUDED.stage_due_on END`
}

/** Customers whose windows end before a day. */
export async function staleCustomers(db: Database, today: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT customer_id AS id FROM customer_stats WHERE windows_on < $1::date ORDER BY customer_id LIMIT $2',
    [today, limit]
  )
  return rows.map(({ id }) => id)
}
