import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'

/**
 * The better tier stays: it becomes that of the one who stays, for as long as it was to be kept; of the same one the longer.
 * The history that comes over ends with that, so that later on only the one who stays counts.
 */
export async function settleTiers(tx: Tx, { from, into }: MergedPair, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO tier_change (customer_id, lived_as, number, tier, rank, before, reason, at)
    SELECT own.id, own.id, 1 + coalesce((SELECT max(number) FROM tier_change WHERE lived_as = own.id), 0),
      theirs.tier, theirs.rank, held.tier, 'merged', ${at}
    FROM unnest(${[from, into]}::uuid[]) AS own (id)
    JOIN customer_tier AS theirs ON theirs.customer_id = ${from}::uuid
    LEFT JOIN customer_tier AS held ON held.customer_id = own.id
    WHERE own.id = ${from}::uuid OR theirs.rank > coalesce(held.rank, 0)`
  await tx.$executeRaw`
    INSERT INTO customer_tier AS own (customer_id, tier, rank, since, kept_until, due_on)
    SELECT ${into}::uuid, tier, rank, since, kept_until, due_on FROM customer_tier WHERE customer_id = ${from}::uuid
    ON CONFLICT (customer_id) DO UPDATE SET tier = EXCLUDED.tier, rank = EXCLUDED.rank, since = EXCLUDED.since,
      kept_until = EXCLUDED.kept_until, due_on = EXCLUDED.due_on
    WHERE EXCLUDED.rank > own.rank OR (EXCLUDED.rank = own.rank AND EXCLUDED.due_on > own.due_on)`
}
