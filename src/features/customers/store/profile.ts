import { type Locale, localeOf } from '../../../core/locale.ts'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import type { ToldIdentity } from '../rules/identity.ts'
import { hashOf } from './identities.ts'
import { nameHash, openName } from './names.ts'

/** All that is known of who a customer is. */
export interface CustomerProfile {
  readonly id: string
  readonly name: string | undefined
  readonly locale: Locale
  readonly createdAt: Date
  /** In alphabetical order. */
  readonly tags: readonly string[]
  /** The oldest first; `kind` is "line" or one of ToldKind. `blockedAt` = since when messages do not reach them there. */
  readonly identities: readonly {
    readonly kind: string
    readonly value: string
    readonly blockedAt: Date | undefined
  }[]
}

/** Who a customer is; undefined when there is none with this id. */
export async function customerProfile(tx: Tx, cipher: FieldCipher, id: string): Promise<CustomerProfile | undefined> {
  const row = await tx.customer.findUnique({
    where: { id },
    include: { tags: { orderBy: { tag: 'asc' } }, identities: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } }
  })
  if (!row) return undefined
  return {
    id,
    name: openName(cipher, row.nameSealed),
    locale: localeOf(row.locale),
    createdAt: row.createdAt,
    tags: row.tags.map(({ tag }) => tag),
    identities: row.identities.map(({ channel, externalSealed, blockedAt }) => ({
      kind: channel,
      value: cipher.open('identity.external', externalSealed),
      blockedAt: blockedAt ?? undefined
    }))
  }
}

/** By what customers may be found; each that is given widens the search. */
export interface CustomerSearch {
  /** A whole name, however it is written. */
  readonly name: string
  /** The last four characters of an id. */
  readonly tail: string | undefined
  readonly identities: readonly ToldIdentity[]
}

/** One of several customers found, at a glance. */
export interface FoundCustomer {
  readonly id: string
  readonly name: string | undefined
  readonly stage: string | undefined
  /** The last day with a visit or an order ("2026-11-21"). */
  readonly lastDay: string | undefined
}

/** Customers who fit, those seen last first; at most `limit`. One statement over indexes. */
export async function searchCustomers(
  tx: Tx,
  cipher: FieldCipher,
  { name, tail, identities, limit }: CustomerSearch & { readonly limit: number }
): Promise<FoundCustomer[]> {
  const kinds = identities.map(({ kind }) => kind)
  const hashes = identities.map((identity) => hashOf(cipher, identity))
  const rows = await tx.$queryRaw<
    { id: string; sealed: string | null; stage: string | null; lastDay: string | null }[]
  >`
    SELECT id, name_sealed AS sealed, stage, last_day::text AS "lastDay" FROM (
      SELECT id FROM customer WHERE name_hash = ${nameHash(cipher, name)}
      UNION SELECT id FROM customer WHERE right(id::text, 4) = ${tail ?? ''}
      UNION SELECT customer_id FROM unnest(${kinds}::text[], ${hashes}::text[]) AS given (channel, external_hash)
        JOIN identity USING (channel, external_hash)
    ) AS found JOIN customer USING (id) LEFT JOIN customer_stats ON customer_id = id
    ORDER BY last_day DESC NULLS LAST, id DESC LIMIT ${limit}`
  return rows.map(({ id, sealed, stage, lastDay }) => {
    return { id, name: openName(cipher, sealed), stage: stage ?? undefined, lastDay: lastDay ?? undefined }
  })
}
