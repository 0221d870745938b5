import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import { keyColumns } from './identities.ts'

/** When somebody with this LINE identity was erased last, in real time; null = never, or longer ago than is remembered. */
export async function lastErased(tx: Tx, cipher: FieldCipher, lineUserId: string): Promise<Date | null> {
  const externalHash = cipher.blindIndex('identity.external', lineUserId)
  const row = await tx.erasedIdentity.findUnique({ where: { channel_externalHash: { channel: 'line', externalHash } } })
  return row?.erasedAt ?? null
}

/**
 * Remembers by their keyed hashes that a customer's identities are erased from now on: an event that a channel tells late,
 * or again, must not bring the person back.
 */
export async function noteErased({ tx, now }: Pick<Work, 'tx' | 'now'>, customerId: string): Promise<void> {
  // Not the time at which the transaction began: what was handled before it is older than this.
  await tx.$executeRaw`
    INSERT INTO erased_identity (channel, external_hash, erased_at, business_at)
    SELECT channel, external_hash, clock_timestamp(), ${now}::timestamptz FROM (
      SELECT channel, external_hash FROM identity WHERE customer_id = ${customerId}::uuid
      UNION ALL SELECT 'matane', ${customerId}
    ) AS gone
    ON CONFLICT (channel, external_hash) DO UPDATE
      SET erased_at = excluded.erased_at, business_at = excluded.business_at`
}

/** The key of the id that a customer has here, beside those of `identityKey`. */
export const customerKey = (customerId: string) => `matane:${customerId}`

/** When who had these keys was erased last, in business time; only those who were. */
export async function findErased(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const { channels, hashes } = keyColumns(keys)
  const rows = await tx.$queryRaw<{ key: string; at: Date }[]>`
    SELECT channel || ':' || external_hash AS key, COALESCE(business_at, erased_at) AS at
    FROM unnest(${channels}::text[], ${hashes}::text[]) AS given (channel, external_hash)
    JOIN erased_identity USING (channel, external_hash)`
  return new Map(rows.map(({ key, at }) => [key, at]))
}

/** Forgets who was erased before an instant; how many. */
export async function forgetErased(tx: Tx, before: Date): Promise<number> {
  return (await tx.erasedIdentity.deleteMany({ where: { erasedAt: { lt: before } } })).count
}
