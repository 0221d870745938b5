/** What the queue has laid aside and people decide about: dead, quarantined and parked rows. Nothing here opens what is sealed. */
import type { Database } from '../db/index.ts'

/** One of the queue's two tables. */
export type QueueName = 'inbox' | 'outbox'

/** A row that is not being worked on. Says nothing personal. */
export interface LaidAside {
  readonly queue: QueueName
  /** A number in the inbox, a UUID in the outbox. */
  readonly id: string
  readonly state: 'dead' | 'quarantined' | 'parked'
  /** Its source ("line", "slack", "timer") or its channel ("line", "slack"). */
  readonly origin: string
  readonly attempts: number
  /** When it was received or written. */
  readonly since: Date
  /** Why it lies here, as in the log; null when it could not be read at all. */
  readonly reason: string | null
}

type Queries = Pick<Database, 'query'>

const LIST = `
  (SELECT 'inbox' AS queue, id::text AS id, state, source AS origin, attempts + outages AS attempts, received_at AS since, last_error AS reason
   FROM inbox WHERE state IN ('dead', 'quarantined') ORDER BY state, inbox.id LIMIT $1)
  UNION ALL
  (SELECT 'outbox', id::text, state, channel, attempts, created_at, last_error
   FROM outbox WHERE state IN ('dead', 'parked') ORDER BY state, seq LIMIT $1)
  ORDER BY queue, state, since, id`

/** Up to `limit` rows of each queue: the dead first, and the oldest of a state. */
export async function listLaidAside(db: Queries, limit: number): Promise<LaidAside[]> {
  return db.query<LaidAside>(LIST, [limit])
}

/** Which rows of a queue are meant. */
export interface Chosen {
  readonly queue: QueueName
  readonly ids: readonly string[] | 'all'
}

/**
 * Each is one statement that asks for the state it changes, so that it never takes a row from a worker. A revived row
 * begins anew: what its last try ended with would make it a suspect (see inbox.ts). A dropped one stays, as done, for as
 * long as a repeated event is told from a new one, but its words go at once.
 */
const CHANGES = {
  revive: {
    inbox: `SET state = 'ready', attempts = 0, outages = 0, run_at = now(), last_error = NULL WHERE state = 'dead'`,
    outbox: `SET state = 'ready', attempts = 0, run_at = now(), last_error = NULL WHERE state = 'dead'`
  },
  drop: {
    inbox: `SET state = 'done', done_at = now(), body_sealed = '' WHERE state IN ('dead', 'quarantined')`,
    outbox: `SET state = 'done', done_at = now(), payload_sealed = '', outcome = 'dropped' WHERE state = 'dead'`
  }
} as const

/**
 * Revives dead rows (they are tried again, at once), or drops dead and quarantined ones for good. Returns the ids of those
 * that were changed: not those that have gone on since, or that others changed first. `db` must be in a transaction.
 */
export async function changeLaidAside(
  db: Queries,
  change: keyof typeof CHANGES,
  { queue, ids }: Chosen
): Promise<string[]> {
  // No worker takes a row meanwhile: one that looked before could not see that an older row of the same key is ready again,
  // and two of a key would be under way at once.
  await db.query(`LOCK TABLE ${queue} IN SHARE ROW EXCLUSIVE MODE`)
  const type = queue === 'inbox' ? 'bigint' : 'uuid'
  const rows = await db.query<{ id: string }>(
    `UPDATE ${queue} ${CHANGES[change][queue]} AND ($1::text[] IS NULL OR id = ANY ($1::text[]::${type}[]))
     RETURNING id::text AS id`,
    [ids === 'all' ? null : ids]
  )
  return rows.map(({ id }) => id)
}
