import type { Database } from '../db/index.ts'
import type { Job } from '../feature.ts'

const KEEP_WORDS_DAYS = 7
const KEEP_ROWS_DAYS = 30
const ROWS_AT_ONCE = 2_000

/**
 * Each deletes or empties one portion of what is done with. What people wrote goes after 7 days, the rows, which tell a
 * repeated event from a new one, after 30. Rows that are dead or in quarantine stay for people to look at.
 */
const STATEMENTS: readonly { readonly sql: string; readonly days: number }[] = [
  {
    sql: portion(`UPDATE inbox SET body_sealed = ''`, `inbox WHERE state = 'done' AND body_sealed <> ''`),
    days: KEEP_WORDS_DAYS
  },
  {
    sql: portion(`UPDATE outbox SET payload_sealed = ''`, `outbox WHERE state = 'done' AND payload_sealed <> ''`),
    days: KEEP_WORDS_DAYS
  },
  { sql: portion('DELETE FROM inbox', `inbox WHERE state = 'done'`), days: KEEP_ROWS_DAYS },
  { sql: portion('DELETE FROM outbox', `outbox WHERE state = 'done'`), days: KEEP_ROWS_DAYS }
]

function portion(change: string, rows: string): string {
  return `${change} WHERE id IN (
    SELECT id FROM ${rows} AND done_at < now() - $1 * interval '1 day' LIMIT ${ROWS_AT_ONCE}) RETURNING 1`
}

/** Forgets what the queue is done with, in portions that hold up nobody; how many rows were changed. */
export async function cleanUp(db: Database): Promise<number> {
  let changed = 0
  for (const { sql, days } of STATEMENTS) {
    for (let rows = ROWS_AT_ONCE; rows === ROWS_AT_ONCE; changed += rows) rows = (await db.query(sql, [days])).length
  }
  const runs = await db.query(
    "DELETE FROM job_run WHERE started_at < now() - $1 * interval '1 day' AND finished_at IS NOT NULL RETURNING 1",
    [KEEP_ROWS_DAYS * 12]
  )
  return changed + runs.length
}

/** Cleans up each night. */
export const cleanUpJob: Job = {
  name: 'queue.clean_up',
  cron: '17 4 * * *',
  async run({ scope }) {
    const rows = await cleanUp(scope.db)
    if (rows > 0) scope.log.info('queue: cleaned up', { rows })
  }
}
