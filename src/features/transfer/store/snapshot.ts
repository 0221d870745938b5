import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely'
import { bringKeys, type Database, type FieldCipher, KEYS_SQL } from '../../../platform/db/index.ts'

type Row = Readonly<Record<string, unknown>>

/** The database as it was at one moment, however long reading takes. */
export interface Snapshot {
  /** Tables and their columns, in alphabetical and in their own order; a table in partitions counts once. */
  tables(): Promise<{ readonly name: string; readonly columns: readonly string[] }[]>
  /** All rows of a table, some at a time. */
  rows(table: string): AsyncGenerator<readonly Row[]>
  /** The rows of a query, some at a time. */
  select(query: string): AsyncGenerator<readonly Row[]>
}

const ROWS_AT_ONCE = 1_000

/** Reads from one snapshot; nothing can be written meanwhile through it. */
export function readSnapshot<T>(db: Database, read: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return db.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => read(snapshotOf(trx, db.cipher)))
}

function snapshotOf<DB>(trx: Transaction<DB>, cipher: FieldCipher): Snapshot {
  return {
    tables: () => tablesOf(trx),
    rows: (table) => withKeys(trx, cipher, fetchAll(trx, `SELECT to_jsonb(own) AS row FROM "${table}" AS own`)),
    select: (query) => withKeys(trx, cipher, fetchAll(trx, `SELECT to_jsonb(own) AS row FROM (${query}) AS own`))
  }
}

async function tablesOf<DB>(trx: Kysely<DB>) {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    SELECT pg_class.relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    GROUP BY pg_class.oid, pg_class.relname ORDER BY pg_class.relname`.execute(trx)
  return rows
}

/** The same rows, their customers' own keys at hand. */
async function* withKeys<DB>(
  trx: Kysely<DB>,
  cipher: FieldCipher,
  pages: AsyncIterable<readonly Row[]>
): AsyncGenerator<readonly Row[]> {
  const find = async (ids: readonly string[]) => {
    const { rows } = await trx.executeQuery<{ id: string; key_sealed: string }>(CompiledQuery.raw(KEYS_SQL, [ids]))
    return rows.map((row) => [row.id, row.key_sealed] as const)
  }
  for await (const page of pages) {
    await bringKeys(cipher, [JSON.stringify(page)], find)
    yield page
  }
}

/** A cursor: neither the server nor we hold more than some rows at once. */
async function* fetchAll<DB>(trx: Kysely<DB>, query: string): AsyncGenerator<readonly Row[]> {
  await sql`DECLARE exported NO SCROLL CURSOR FOR ${sql.raw(query)}`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ row: Row }>`FETCH ${sql.lit(ROWS_AT_ONCE)} FROM exported`.execute(trx)
    if (rows.length === 0) break
    yield rows.map(({ row }) => row)
  }
  await sql`CLOSE exported`.execute(trx)
}
