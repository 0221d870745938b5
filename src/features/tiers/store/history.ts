import { Prisma } from '#prisma'
import type { Tx } from '../../../platform/db/index.ts'

/** How a customer's tier changed. */
export interface TierChange {
  readonly tier: string
  /** Null = the first one, since ever. */
  readonly before: string | null
  readonly reason: string
  readonly at: Date
}

/** A customer's changes in their order, oldest first. */
export function changesOf(tx: Tx, customerId: string): Promise<TierChange[]> {
  return tx.$queryRaw<TierChange[]>`
    SELECT tier, before, reason, at FROM tier_change WHERE customer_id = ${customerId}::uuid
    ORDER BY at, lived_as <> customer_id, lived_as, number`
}

/**
 * The tiers that customers had at an instant, by their keys as of then; who is missing had the first one, since ever. A
 * customer who was two people before a merge had the better one of theirs.
 */
export async function tiersAsOf(
  tx: Tx,
  customerIds: readonly string[],
  at: Date
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ customerId: string; tier: string }[]>`
    SELECT customer_id AS "customerId", tier FROM (${bestAsOf(at, Prisma.sql`customer_id = ANY (${[...customerIds]}::uuid[])`)}) AS best`
  return new Map(rows.map(({ customerId, tier }) => [customerId, tier]))
}

/** The newest of each life that had not ended in a merge by then, and of these the best. */
function bestAsOf(at: Date, whose: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (customer_id) customer_id, tier FROM (
      SELECT DISTINCT ON (lived_as) customer_id, lived_as, tier, rank, reason FROM tier_change
      WHERE ${whose} AND at <= ${at} ORDER BY lived_as, number DESC
    ) AS newest WHERE lived_as = customer_id OR reason <> 'merged' ORDER BY customer_id, rank DESC`
}

/** How many customers there were in each tier at an instant, by its key; those who never left the first one are not counted. */
export async function countAsOf(tx: Tx, at: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ tier: string; customers: number }[]>`
    SELECT tier, count(*)::int AS customers FROM (${bestAsOf(at, Prisma.sql`true`)}) AS best GROUP BY tier`
  return new Map(rows.map(({ tier, customers }) => [tier, customers]))
}

/** A change by whose history it is in, which is another customer's before a merge. */
interface ChangeRef {
  readonly customerId: string
  readonly livedAs: string
  readonly number: number
  readonly tier: string
}

/**
 * Takes the present of a change: true once, and only when the customer was given none for this tier since an instant. The
 * customer is locked.
 */
export async function takeGift(
  tx: Tx,
  { customerId, livedAs, number, tier }: ChangeRef,
  { at, since }: { readonly at: Date; readonly since: Date }
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE tier_change SET gift_at = ${at} WHERE lived_as = ${livedAs}::uuid AND number = ${number} AND gift_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM tier_change AS other WHERE other.customer_id = ${customerId}::uuid
        AND other.tier = ${tier} AND other.gift_at > ${since})`
  return taken > 0
}
