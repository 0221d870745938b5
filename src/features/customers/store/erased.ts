import type { FieldCipher, Tx } from '../../../platform/db/index.ts'

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
export async function noteErased(tx: Tx, customerId: string): Promise<void> {
  // Not the time at which the transaction began: what was handled before it is older than this.
  await tx.$executeRaw`
    INSERT INTO erased_identity (channel, external_hash, erased_at)
    SELECT channel, external_hash, clock_timestamp() FROM identity WHERE customer_id = ${customerId}::uuid
    ON CONFLICT (channel, external_hash) DO UPDATE SET erased_at = excluded.erased_at`
}

/** Forgets who was erased before an instant; how many. */
export async function forgetErased(tx: Tx, before: Date): Promise<number> {
  return (await tx.erasedIdentity.deleteMany({ where: { erasedAt: { lt: before } } })).count
}
