import type { Database } from '../../../platform/db/index.ts'

/** Makes the partition of the month of a day ("2026-11-21"); false when it is there. Call outside a transaction. */
export async function ensureMonth(db: Database, day: string): Promise<boolean> {
  const [row] = await db.query<{ made: boolean }>('SELECT ensure_event_month($1::date) AS made', [day])
  return row?.made ?? false
}

/** The months, by their first days, of the events that no partition takes. */
export async function caughtMonths(db: Database): Promise<string[]> {
  const rows = await db.query<{ month: string }>(
    `SELECT DISTINCT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-01') AS month FROM event_default ORDER BY month`
  )
  return rows.map(({ month }) => month)
}
