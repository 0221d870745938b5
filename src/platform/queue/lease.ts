import type { Database } from '../db/index.ts'

/** How long a row belongs to the worker that claimed it; a worker that vanishes holds its rows up for this long. */
export const LEASE_SECONDS = 15

/** Well within a lease, so that a late timer or a slow statement does not cost it. */
export const RENEW_MS = 4_000

/** SQL for "due by now": run_at is kept in whole milliseconds, rounded, and may be just ahead of the moment it was set. */
export const IS_DUE = `run_at <= now() + interval '1 millisecond'`

/** What tells a row in hand from the same row in other hands. */
export interface Lease {
  readonly id: string
  readonly token: string
}

const RENEW = {
  inbox: renewal('inbox', 'bigint'),
  outbox: renewal('outbox', 'uuid')
}

function renewal(table: string, idType: string): string {
  return `UPDATE ${table} SET lease_until = now() + $3 * interval '1 second'
    FROM unnest($1::${idType}[], $2::uuid[]) AS held (id, token)
    WHERE ${table}.id = held.id AND ${table}.token = held.token AND state = 'running'`
}

/** Keeps rows whose work takes longer than a lease. A row that another worker has by now stays with that one. */
export async function renewLeases(db: Database, table: 'inbox' | 'outbox', held: readonly Lease[]): Promise<void> {
  if (held.length === 0) return
  await db.query(RENEW[table], [held.map((row) => row.id), held.map((row) => row.token), LEASE_SECONDS])
}
