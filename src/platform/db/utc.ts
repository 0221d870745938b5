/**
 * Times are right only in sessions that run in UTC: the adapter writes and reads them without their zone. Our own sessions
 * ask for it as they begin; behind a pooler they cannot, and the role's own setting has to say so.
 */
import type { Pool } from 'pg'
import type { Database } from './database.ts'

const NOW = `SELECT current_setting('TimeZone') AS zone`
const IS_UTC = /^(Etc\/)?(UTC|GMT)$/

const SETTING = `DO $$ BEGIN
  EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET TimeZone TO ''UTC''', current_database());
END $$`

/**
 * Makes UTC the time zone of this role's new sessions in this database, unless it is already. `pool` must be one that
 * sends no settings of its own (`pooled`). Every role may do that for itself.
 */
export async function keepUtc(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ zone: string }>(NOW)
  if (!IS_UTC.test(rows[0]?.zone ?? '')) await pool.query(SETTING)
}

/** Throws when sessions do not run in UTC: better to take nothing in than to store it hours away from its time. */
export async function checkUtc(db: Database): Promise<void> {
  const [row] = await db.query<{ zone: string }>(NOW)
  if (row && IS_UTC.test(row.zone)) return
  throw new Error(
    `Sessions of this database run in the time zone ${row?.zone}, and must run in UTC: run npm run db -- deploy with the role that the connection string names`
  )
}
