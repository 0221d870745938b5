import { z } from 'zod'

export type Row = Readonly<Record<string, unknown>>

/** A column that rows are in order of, and its type as SQL names it. */
export interface KeyColumn {
  readonly column: string
  readonly type: string
}

/** What is read, and the columns of the answer that no two rows have in common. */
export interface Query {
  readonly sql: string
  readonly key: readonly KeyColumn[]
}

export interface Table {
  readonly name: string
  /** In the table's own order. */
  readonly columns: readonly string[]
  readonly all: Query
}

/** Where an export reads. */
export interface ExportSource {
  /** Tables in alphabetical order; one in partitions counts once. */
  tables(): Promise<Table[]>
  /** The rows of a query, some at a time. */
  select(query: Query): AsyncIterable<readonly Row[]>
}

const FoundTables = z.array(
  z.object({ name: z.string(), columns: z.array(z.string()), key: z.array(z.tuple([z.string(), z.string()])) })
)

/** The tables of the database, by whatever asks it. */
export async function tablesOf(ask: (sql: string) => Promise<unknown[]>): Promise<Table[]> {
  const found = FoundTables.parse(await ask(TABLES_SQL))
  return found.map(({ name, columns, key }) => ({
    ...{ name, columns },
    all: { sql: `SELECT * FROM "${name}"`, key: key.map(([column, type]) => ({ column, type })) }
  }))
}

const TABLES_SQL = `
  SELECT pg_class.relname::text AS name, array_agg(attname::text ORDER BY attnum) AS columns,
    (SELECT jsonb_agg(jsonb_build_array(part.attname, format_type(part.atttypid, NULL))
        ORDER BY array_position(indkey::int2[], part.attnum))
     FROM pg_index JOIN pg_attribute AS part ON part.attrelid = indrelid AND part.attnum = ANY (indkey::int2[])
     WHERE indrelid = pg_class.oid AND indisprimary) AS key
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  GROUP BY pg_class.oid, pg_class.relname ORDER BY pg_class.relname`
