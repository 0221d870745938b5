import { localeOf } from '../../../core/locale.ts'
import type { Tx } from '../../../platform/db/index.ts'

interface PlacedRow {
  readonly id: string
  readonly createdAt?: Date | undefined
  readonly locale?: string | undefined
}

/** Inserts customers under given ids, in order; answers the ids of those who were not there. */
export async function insertCustomers(tx: Tx, placed: readonly PlacedRow[], at: Date): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO customer (id, created_at, locale)
    SELECT DISTINCT ON (id) id, created_at, locale FROM unnest(
      ${placed.map(({ id }) => id)}::uuid[],
      ${placed.map(({ createdAt }) => (createdAt ?? at).toISOString())}::timestamptz[],
      ${placed.map(({ locale }) => localeOf(locale))}::text[]
    ) AS given (id, created_at, locale)
    ORDER BY id
    ON CONFLICT DO NOTHING RETURNING id`
  return new Set(rows.map(({ id }) => id))
}

/** Those of the ids under which somebody is known. */
export async function findPresent(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM customer WHERE id = ANY (${ids}::uuid[])`
  return new Set(rows.map(({ id }) => id))
}

interface TagRow {
  readonly customerId: string
  readonly tag: string
  readonly addedBy: string
  readonly addedAt: Date
}

/** Puts many tags on customers, in order; those that are there stay. */
export async function addTags(tx: Tx, rows: readonly TagRow[]): Promise<void> {
  const column = (value: (row: TagRow) => string) => rows.map(value)
  await tx.$executeRaw`
    INSERT INTO customer_tag (customer_id, tag, added_by, added_at)
    SELECT * FROM unnest(
      ${column(({ customerId }) => customerId)}::uuid[], ${column(({ tag }) => tag)}::text[],
      ${column(({ addedBy }) => addedBy)}::text[], ${column(({ addedAt }) => addedAt.toISOString())}::timestamptz[]
    ) AS given (customer_id, tag, added_by, added_at)
    ORDER BY customer_id, tag
    ON CONFLICT DO NOTHING`
}
