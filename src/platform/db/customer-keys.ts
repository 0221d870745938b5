import type { FieldCipher } from './cipher.ts'
import type { Tx } from './database.ts'

/**
 * Every customer has a data key of their own (table customer_key, itself sealed under the ring), and what rests in the
 * store about them is sealed under it. Erasing a customer erases the key: copies of the store from before, whose keys are
 * kept apart, then say nothing of them. A sealed value names its key row, so that a merge only re-points the row.
 *
 * Reading needs nothing of this: what a query answers brings its keys along (see brought-keys.ts).
 */

/** A setting that says that the store was put back from a backup: the keys of people who were erased since are not there. */
export const RESTORED_AT = 'backup.restored_at'

/** Where to read and make keys: a transaction, and the cipher whose ring they are sealed under. */
export interface KeyPlace {
  readonly tx: Tx
  readonly cipher: FieldCipher
}

/** The cipher that seals under a customer's own key, which is made when they have none. */
export async function customerCipher(place: KeyPlace, customerId: string): Promise<FieldCipher> {
  return (await customerCiphers(place, [customerId]))(customerId)
}

/** The ciphers of many customers, looked up together; throws when asked for another customer. */
export async function customerCiphers(
  { tx, cipher }: KeyPlace,
  customerIds: readonly string[]
): Promise<(customerId: string) => FieldCipher> {
  const wanted = [...new Set(customerIds)]
  if (wanted.length === 0) return noOther
  // Never under the key of a customer who became part of this one: that may be undone, and each erased alone. Of several
  // keys (two began at the same moment) the first is as good as any.
  const kept = await tx.$queryRaw<KeyRow[]>`
    SELECT own.id, wanted.id::text AS "customerId", own.key_sealed AS "keySealed" FROM unnest(${wanted}::uuid[]) AS wanted (id),
      LATERAL (SELECT * FROM customer_key WHERE customer_id = wanted.id AND made_for = wanted.id OFFSET 0) AS own
    ORDER BY own.id DESC`
  const rows = new Map(kept.map((row) => [row.customerId, row]))
  const made = wanted
    .filter((customerId) => !rows.has(customerId))
    .map((customerId) => ({ customerId, ...cipher.keys.make() }))
  if (made.length > 0) await insertKeys(tx, made)
  for (const row of made) rows.set(row.customerId, row)
  for (const { id, keySealed } of rows.values()) cipher.keys.hold(id, keySealed)
  return (customerId) => {
    const row = rows.get(customerId)
    return row ? cipher.keys.under(row.id) : noOther(customerId)
  }
}

/** Forgets the keys of a customer, also of those who became part of them: nothing that was sealed under them opens any more. */
export async function eraseKeys({ tx, cipher }: KeyPlace, customerId: string): Promise<void> {
  const gone = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM customer_key WHERE customer_id = ${customerId}::uuid RETURNING id`
  for (const { id } of gone) cipher.keys.drop(id)
}

interface KeyRow {
  readonly id: string
  readonly customerId: string
  readonly keySealed: string
}

function insertKeys(tx: Tx, rows: readonly KeyRow[]): Promise<number> {
  const column = (value: (row: KeyRow) => string) => rows.map(value)
  return tx.$executeRaw`
    INSERT INTO customer_key (id, customer_id, made_for, key_sealed)
    SELECT id, customer_id, customer_id, key_sealed FROM unnest(
      ${column(({ id }) => id)}::text[], ${column(({ customerId }) => customerId)}::uuid[],
      ${column(({ keySealed }) => keySealed)}::text[]
    ) AS given (id, customer_id, key_sealed)`
}

function noOther(customerId: string): never {
  throw new Error(`The key of customer ${customerId} was not asked for`)
}
