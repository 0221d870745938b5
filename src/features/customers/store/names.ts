import type { Database, FieldCipher } from '../../../platform/db/index.ts'
import { nameKey } from '../rules/name.ts'

/** A customer's name as it is stored: sealed, with the index by which the whole name finds them. */
export function nameColumns(cipher: FieldCipher, name: string | undefined) {
  if (name === undefined) return { nameSealed: null, nameHash: null }
  return { nameSealed: cipher.seal('customer.name', name), nameHash: nameHash(cipher, name) }
}

/** The index of a name, however it is written. */
export function nameHash(cipher: FieldCipher, name: string): string {
  return cipher.blindIndex('customer.name', nameKey(name))
}

/** Opens a sealed customer name; undefined when there is none. */
export function openName(cipher: FieldCipher, sealed: string | null): string | undefined {
  return sealed === null ? undefined : cipher.open('customer.name', sealed)
}

/** Makes the index of names that have none, at most `limit` of them; answers how many. A name changed meanwhile is left. */
export async function indexNames({ query, cipher }: Database, limit: number): Promise<number> {
  const rows = await query<{ id: string; sealed: string }>(
    `SELECT id, name_sealed AS sealed FROM customer WHERE name_sealed IS NOT NULL AND name_hash IS NULL ORDER BY id LIMIT $1`,
    [limit]
  )
  if (rows.length === 0) return 0
  // Of somebody whose key is gone there is no name to find them by.
  const hashes = rows.map(({ sealed }) =>
    cipher.opens(sealed) ? nameHash(cipher, cipher.open('customer.name', sealed)) : ''
  )
  await query(
    `UPDATE customer SET name_hash = given.hash FROM unnest($1::uuid[], $2::text[], $3::text[]) AS given (id, sealed, hash)
     WHERE customer.id = given.id AND customer.name_sealed = given.sealed`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), hashes]
  )
  return rows.length
}
