import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'

/**
 * The name and language that LINE tells are the ones in use: they stay, whoever of the two brings them. Without a name the
 * other one's is known, and the person is known since the earlier of the two days.
 */
export async function keepProfile(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    UPDATE customer AS own SET created_at = LEAST(own.created_at, other.created_at),
      name_sealed = CASE WHEN takes_name THEN other.name_sealed ELSE own.name_sealed END,
      name_hash = CASE WHEN takes_name THEN other.name_hash ELSE own.name_hash END,
      locale = CASE WHEN is_chat THEN other.locale ELSE own.locale END,
      locale_set_at = CASE WHEN is_chat THEN other.locale_set_at ELSE own.locale_set_at END
    FROM (
      SELECT pair.*, name_sealed IS NOT NULL AND (is_chat OR into_nameless) AS takes_name FROM (
        SELECT told.*, (SELECT name_sealed IS NULL FROM customer WHERE id = ${into}::uuid) AS into_nameless,
          EXISTS (SELECT 1 FROM identity WHERE customer_id = told.id AND channel = 'line')
            AND NOT EXISTS (SELECT 1 FROM identity WHERE customer_id = ${into}::uuid AND channel = 'line') AS is_chat
        FROM customer AS told WHERE told.id = ${from}::uuid
      ) AS pair
    ) AS other WHERE own.id = ${into}::uuid`
}

/** What sources say of the two: the newest word of each counts, as ever. */
export async function keepNewestWords(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM customer_attribute AS own USING customer_attribute AS other
    WHERE own.customer_id = ${into}::uuid AND other.customer_id = ${from}::uuid
      AND other.name = own.name AND other.told_at > own.told_at`
}

/** Who may be the same person as `from` may be the same as `into`, unless that was noted or decided before. */
export async function moveDuplicates(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO likely_duplicate (customer_a, customer_b, reason, state, found_at, decided_by)
    SELECT LEAST(other, ${into}::uuid), GREATEST(other, ${into}::uuid), reason, state, found_at, decided_by FROM (
      SELECT CASE WHEN customer_a = ${from}::uuid THEN customer_b ELSE customer_a END AS other, reason, state, found_at, decided_by
      FROM likely_duplicate WHERE customer_a = ${from}::uuid OR customer_b = ${from}::uuid
    ) AS pair WHERE other <> ${into}::uuid
    ON CONFLICT DO NOTHING`
}
