import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely'
import { bringKeys, type Database, type FieldCipher, KEYS_SQL } from '../../../platform/db/index.ts'
import { type ExportSource, type Row, tablesOf } from './source.ts'

const ROWS_AT_ONCE = 1_000

/** Reads the database as it was at one moment, however long it takes; nothing can be written meanwhile through it. */
export function readSnapshot<T>(db: Database, read: (source: ExportSource) => Promise<T>): Promise<T> {
  return db.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => read(snapshotOf(trx, db.cipher)))
}

function snapshotOf<DB>(trx: Transaction<DB>, cipher: FieldCipher): ExportSource {
  return {
    tables: () => tablesOf(async (text) => (await trx.executeQuery(CompiledQuery.raw(text))).rows),
    select: (query) => withKeys(trx, cipher, fetchAll(trx, `SELECT to_jsonb(own) AS row FROM (${query.sql}) AS own`))
  }
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
