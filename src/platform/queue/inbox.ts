import { randomUUID } from 'node:crypto'
import type { Database, Tx } from '../db/index.ts'
import { type DeadRow, noticeDeath } from './dead-letter.ts'
import { IS_DUE, LEASE_SECONDS } from './lease.ts'
import { INBOX_RETRY, type RetryPolicy } from './retry.ts'

/** An inbox row in hand, its body still sealed. `token` is the fence: only who holds it may change the row. */
export interface HeldEvent {
  readonly id: string
  readonly source: string
  readonly event_id: string
  readonly key: string
  readonly occurred_at: Date
  readonly received_at: Date
  readonly body_sealed: string
  readonly attempts: number
  /** Tries that failed because the database was not at its work; not among the attempts. */
  readonly outages: number
  readonly token: string
  /** More events of its key are due already. */
  readonly followed: boolean
  /** The worker that had it before vanished: it may be this event that takes workers down. */
  readonly suspect: boolean
}

const VANISHED = 'the worker vanished'
const BEGUN = 'begun, after an earlier worker vanished'

/** Only the oldest open event of a key is free, and none while one of the key is in hand. */
const CLAIM = `
  WITH free AS (
    SELECT id FROM inbox AS own
    WHERE state = 'ready' AND ${IS_DUE} AND NOT EXISTS (
      SELECT 1 FROM inbox AS other
      WHERE other.key = own.key AND other.id <> own.id AND (
        other.state = 'running'
        OR (other.state = 'ready' AND (other.occurred_at, other.id) < (own.occurred_at, own.id))))
    ORDER BY run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE inbox SET state = 'running', attempts = attempts + 1, token = $2::uuid,
    lease_until = now() + $3 * interval '1 second'
  FROM free WHERE inbox.id = free.id
  RETURNING inbox.id::text AS id, source, event_id, key, occurred_at, received_at, body_sealed, attempts, outages, token::text AS token,
    EXISTS (SELECT 1 FROM inbox AS next WHERE next.key = inbox.key AND next.id <> inbox.id AND next.state = 'ready')
      AS followed,
    coalesce(last_error = '${VANISHED}', false) AS suspect`

/** Takes up to `count` events that are due, for this worker alone until the lease runs out. */
export async function claimEvents(db: Pick<Database, 'query'>, count: number): Promise<HeldEvent[]> {
  return db.query<HeldEvent>(CLAIM, [count, randomUUID(), LEASE_SECONDS])
}

/** Notes that a suspect event is about to be handled: if the worker vanishes now, it counts against the event. */
export async function beginSuspect(db: Database, event: HeldEvent): Promise<void> {
  await db.query(`UPDATE inbox SET last_error = $3 WHERE id = $1::bigint AND token = $2::uuid AND state = 'running'`, [
    event.id,
    event.token,
    BEGUN
  ])
}

/**
 * Takes the key's lock (see lockKey), then marks the event done; false when another worker has it by now. Comes before
 * the effect, so that a worker that was thought dead changes nothing.
 */
export async function fenceEvent(tx: Tx, event: HeldEvent): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE inbox SET state = 'done', done_at = now(), token = NULL, lease_until = NULL, last_error = NULL
    FROM (SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${event.key}, 0))) AS locked
    WHERE id = ${event.id}::bigint AND token = ${event.token}::uuid AND state = 'running'`
  return count === 1
}

/** How a row goes on after a try that failed: when it is tried again, or not at all. */
export interface GiveBack {
  readonly next: number | 'dead'
  readonly fault: string
}

/** A try that failed because the database was not at its work is counted apart: it was not the event that failed. */
export interface GiveBackEvent extends GiveBack {
  readonly isOutage: boolean
}

/** Gives the event back, to be tried again later or to lie dead; nothing when another worker has it by now. */
export async function giveBackEvent(db: Database, event: HeldEvent, given: GiveBackEvent): Promise<void> {
  const { next, fault } = given
  const outage = given.isOutage ? 1 : 0
  const [state, delayMs] = next === 'dead' ? ['dead', 0] : ['ready', next]
  await db.transaction(async (tx) => {
    const rows = await tx.$queryRaw<DeadRow[]>`
      UPDATE inbox SET state = ${state}, token = NULL, lease_until = NULL, last_error = ${fault},
        attempts = attempts - ${outage}, outages = outages + ${outage}, run_at = now() + ${delayMs}::float8 * interval '1 millisecond'
      WHERE id = ${event.id}::bigint AND token = ${event.token}::uuid AND state = 'running'
      RETURNING id::text AS id, source AS origin`
    if (state === 'dead') await noticeDeath(tx, db.cipher, { queue: 'inbox', rows })
  })
}

/**
 * Frees the events of workers that vanished, and returns how many. A vanished worker counts against an event only when it
 * was known to be at work on it; those that merely lay in its hands must not die for it. `all` frees those in hand as well: for a database that
 * belongs to one process, when that process starts.
 */
export async function releaseEvents(
  db: Database,
  options: { all?: boolean; policy?: RetryPolicy } = {}
): Promise<number> {
  const { all = false, policy = INBOX_RETRY } = options
  const [expired] = await db.query('SELECT 1 FROM inbox WHERE state = $1 AND (lease_until < now() OR $2) LIMIT 1', [
    'running',
    all
  ])
  if (!expired) return 0
  return db.transaction(async (tx) => {
    const rows = await tx.$queryRaw<(DeadRow & { state: string })[]>`
      WITH lost AS (
        SELECT id FROM inbox WHERE state = 'running' AND (lease_until < now() OR ${all}) FOR UPDATE SKIP LOCKED)
      UPDATE inbox SET token = NULL, lease_until = NULL, last_error = ${VANISHED}, run_at = now(),
        attempts = CASE WHEN last_error = ${BEGUN} THEN attempts ELSE greatest(1, attempts - 1) END,
        state = CASE WHEN last_error = ${BEGUN} AND attempts >= ${policy.maxAttempts} THEN 'dead' ELSE 'ready' END
      FROM lost WHERE inbox.id = lost.id
      RETURNING inbox.id::text AS id, source AS origin, state`
    await noticeDeath(tx, db.cipher, { queue: 'inbox', rows: rows.filter((row) => row.state === 'dead') })
    return rows.length
  })
}
