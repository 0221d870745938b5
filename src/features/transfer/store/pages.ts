import type { Database } from '../../../platform/db/index.ts'
import { type ExportSource, type KeyColumn, type Query, type Row, tablesOf } from './source.ts'

const ROWS_AT_ONCE = 1_000

/**
 * Reads page by page, each a question of its own: nobody waits for somebody who reads slowly, not even where there is one
 * connection. What is written meanwhile may be in it, or not.
 */
export function readPages(db: Pick<Database, 'query'>, rowsAtOnce = ROWS_AT_ONCE): ExportSource {
  return {
    tables: () => tablesOf((sql) => db.query(sql)),
    select: (query) => pagesOf(db, query, rowsAtOnce)
  }
}

async function* pagesOf(
  { query }: Pick<Database, 'query'>,
  { sql, key }: Query,
  rowsAtOnce: number
): AsyncGenerator<readonly Row[]> {
  const order = key.map(({ column }) => `own."${column}"`).join(', ')
  const first = key.map(({ type }, index) => `$${index + 1}::${type}`).join(', ')
  let last: Row | undefined
  do {
    const rest = last ? `WHERE (${order}) > (${first})` : ''
    // As text: with it come the keys of the customers whose data it is.
    const found = await query<{ row: string }>(
      `SELECT to_jsonb(own)::text AS row FROM (${sql}) AS own ${rest} ORDER BY ${order} LIMIT ${rowsAtOnce}`,
      last && valuesOf(last, key)
    )
    const rows = found.map(({ row }): Row => JSON.parse(row))
    if (rows.length > 0) yield rows
    last = rows.length < rowsAtOnce ? undefined : rows.at(-1)
  } while (last)
}

function valuesOf(row: Row, key: readonly KeyColumn[]): unknown[] {
  return key.map(({ column }) => row[column])
}
