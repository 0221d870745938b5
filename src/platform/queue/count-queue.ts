import type { Database } from '../db/index.ts'

/** What waits and what went wrong, for /readyz. Rows counted as ready include those that wait for another try. */
export interface QueueCounts {
  readonly inboxReady: number
  readonly inboxDead: number
  readonly quarantined: number
  readonly outboxReady: number
  readonly outboxDead: number
  readonly outboxParked: number
  /** How long the longest waiting row has been due; 0 when none is. Grows when no worker is at work. */
  readonly oldestReadySeconds: number
}

const COUNT = `SELECT
  (SELECT count(*)::int FROM inbox WHERE state = 'ready') AS "inboxReady",
  (SELECT count(*)::int FROM inbox WHERE state = 'dead') AS "inboxDead",
  (SELECT count(*)::int FROM inbox WHERE state = 'quarantined') AS "quarantined",
  (SELECT count(*)::int FROM outbox WHERE state = 'ready') AS "outboxReady",
  (SELECT count(*)::int FROM outbox WHERE state = 'dead') AS "outboxDead",
  (SELECT count(*)::int FROM outbox WHERE state = 'parked') AS "outboxParked",
  greatest(0, extract(epoch FROM now() - least(
    (SELECT min(run_at) FROM inbox WHERE state = 'ready'),
    (SELECT min(run_at) FROM outbox WHERE state = 'ready'))))::float8 AS "oldestReadySeconds"`

/** Counts what waits and what went wrong. */
export async function countQueue(db: Database): Promise<QueueCounts> {
  const [counts] = await db.query<QueueCounts>(COUNT)
  if (!counts) throw new Error('Counting the queue gave no row')
  return { ...counts, oldestReadySeconds: counts.oldestReadySeconds ?? 0 }
}
