import type { Database } from '../db/index.ts'
import type { Job } from '../feature.ts'

/** Tables that changed as much as autovacuum waits for (PostgreSQL's default thresholds). */
const CHANGED = `
  SELECT quote_ident(pg_class.relname) AS name FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid
  WHERE
    n_dead_tup > 50 + 0.2 * greatest(reltuples, 0) OR n_mod_since_analyze > 50 + 0.1 * greatest(reltuples, 0)
  ORDER BY 1`

/**
 * Does for the embedded database what a server does by itself: gives the room of deleted rows back, and lets statements
 * be planned by what the tables hold now. One table at a time, so that nobody waits long; their names.
 */
export async function tendTables(db: Database): Promise<string[]> {
  if (db.concurrency > 1) return []
  // A session tells what it changed now and then; asked for, it tells before the next statement.
  await db.query('SELECT pg_stat_force_next_flush()')
  const changed = await db.query<{ name: string }>(CHANGED)
  for (const { name } of changed) await db.query(`VACUUM (ANALYZE) ${name}`)
  return changed.map(({ name }) => name)
}

/** Tends the tables each hour. */
export const tendTablesJob: Job = {
  name: 'queue.tend_tables',
  cron: '43 * * * *',
  run: async ({ scope }) => void (await tendTables(scope.db))
}
