import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'

/** A table whose rows belong to customers, as the database's own catalogue describes it. */
export interface OwnedTable {
  readonly name: string
  /** The columns that say whose a row is. */
  readonly owners: readonly string[]
  readonly ownerType: 'uuid' | 'text'
  /** Whether a merge gives its rows to the other customer; a room settles the others. */
  readonly moves: boolean
  /** Only whose its rows are is remembered. */
  readonly long: boolean
  /** The columns of its primary key. */
  readonly key: readonly string[]
  /** Its unique keys that name the customer: their other columns. */
  readonly uniques: readonly (readonly string[])[]
}

/** A column of one table that names a row of another, where both belong to customers. */
export interface Belonging {
  readonly table: string
  readonly column: string
  readonly to: string
}

/** Who did what is on record under the id it was done to, for ever. */
const NEVER_MOVED = ['audit']

/** Tables that name their customers in another way than by a customer_id. */
const SPECIAL: readonly Pick<OwnedTable, 'name' | 'owners' | 'ownerType' | 'moves'>[] = [
  { name: 'customer', owners: ['id'], ownerType: 'uuid', moves: false },
  { name: 'likely_duplicate', owners: ['customer_a', 'customer_b'], ownerType: 'uuid', moves: false },
  { name: 'timer', owners: ['key'], ownerType: 'text', moves: true }
]

const Found = z.array(z.object({ name: z.string(), owned: z.boolean(), keys: z.array(z.array(z.string())) }))

/** The tables that a merge must see to, `derived` ones left out. The primary key comes first among the keys. */
export async function ownedTables(
  tx: Tx,
  { derived, long }: { derived: readonly string[]; long: readonly string[] }
): Promise<OwnedTable[]> {
  const special = new Map(SPECIAL.map((table) => [table.name, table]))
  const rows = await tx.$queryRaw<object[]>`
    SELECT class.relname AS name, owner.attname IS NOT NULL AS owned, (
      SELECT jsonb_agg(columns ORDER BY is_primary DESC) FROM (
        SELECT index.indisprimary AS is_primary, (
          SELECT jsonb_agg(attname ORDER BY place) FROM unnest(index.indkey) WITH ORDINALITY AS part (number, place)
          JOIN pg_attribute ON attrelid = class.oid AND attnum = number) AS columns
        FROM pg_index AS index
        WHERE index.indrelid = class.oid AND index.indisunique AND index.indpred IS NULL AND index.indexprs IS NULL
      ) AS found) AS keys
    FROM pg_class AS class
    LEFT JOIN pg_attribute AS owner ON owner.attrelid = class.oid AND owner.attname = 'customer_id' AND NOT owner.attisdropped
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p') AND NOT class.relispartition
      AND (owner.attname IS NOT NULL OR class.relname = ANY (${[...special.keys()]}::text[]))
      AND class.relname <> ALL (${[...NEVER_MOVED, ...derived]}::text[])
    ORDER BY class.relname <> 'customer', class.relname`
  return Found.parse(rows).map(({ name, keys: [key = [], ...others] }) => {
    const { owners, ownerType, moves } = special.get(name) ?? {
      ...{ owners: ['customer_id'], ownerType: 'uuid', moves: true }
    }
    const uniques = [key, ...others].filter((columns) => owners.some((owner) => columns.includes(owner)))
    return {
      ...{ name, owners, ownerType, moves, key, long: long.includes(name) },
      uniques: uniques.map((columns) => columns.filter((column) => !owners.includes(column)))
    }
  })
}

/** Which rows go with which others, as far as foreign keys say so. */
export function belongings(tx: Tx): Promise<Belonging[]> {
  return tx.$queryRaw<Belonging[]>`
    SELECT child.relname AS "table", part.attname AS "column", parent.relname AS "to"
    FROM pg_constraint AS link
    JOIN pg_class AS child ON child.oid = link.conrelid
    JOIN pg_class AS parent ON parent.oid = link.confrelid
    JOIN pg_attribute AS part ON part.attrelid = child.oid AND part.attnum = link.conkey[1]
    WHERE link.contype = 'f' AND link.conparentid = 0 AND cardinality(link.conkey) = 1
      AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = child.oid AND attname = 'customer_id' AND NOT attisdropped)
      AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = parent.oid AND attname = 'customer_id' AND NOT attisdropped)
    ORDER BY 1, 2`
}

/** A name from the catalogue, for the text of a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
