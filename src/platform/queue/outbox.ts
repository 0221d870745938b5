import { randomUUID } from 'node:crypto'
import type { Database } from '../db/index.ts'
import { type DeadRow, noticeDeath } from './dead-letter.ts'
import type { GiveBack } from './inbox.ts'
import { IS_DUE, LEASE_SECONDS } from './lease.ts'
import { OUTBOX_RETRY, type RetryPolicy } from './retry.ts'
import type { Attempt } from './types.ts'

/** An outbox row in hand, its payload still sealed. `token` is the fence: only who holds it may change the row. */
export interface HeldMessage {
  readonly id: string
  readonly key: string
  readonly customer_id: string | null
  readonly cause: string
  readonly payload_sealed: string
  readonly attempts: number
  readonly created_at: Date
  /** Since the first try whose answer never came; 0 when there was none. A channel forgets retry keys after a day. */
  readonly unsure_ms: number
  readonly token: string
  /** More messages of its key are due already. */
  readonly followed: boolean
  readonly earlier: readonly EarlierAttempt[] | null
}

type EarlierAttempt = Omit<Attempt, 'status' | 'detail' | 'startedAt'> & {
  readonly status: number | null
  readonly detail: string | null
  readonly startedAt: string
}

/**
 * Waits for no disk: a claim that a power cut undoes leaves a message that was not sent, and each call is preceded by a
 * commit that does wait (beginAttempt), which takes the claim along. An event's claim must last: see `suspect`.
 */
const CLAIM = `
  WITH free AS (
    SELECT id FROM outbox AS own
    WHERE channel = $1 AND state = 'ready' AND ${IS_DUE} AND NOT EXISTS (
      SELECT 1 FROM outbox AS other
      WHERE other.channel = own.channel AND other.key = own.key AND other.id <> own.id AND (
        other.state = 'running' OR (other.state = 'ready' AND other.seq < own.seq)))
    ORDER BY run_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED)
  UPDATE outbox SET state = 'running', attempts = attempts + 1, token = $3::uuid,
    lease_until = now() + $4 * interval '1 second'
  FROM free, (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed WHERE outbox.id = free.id
  RETURNING outbox.id::text AS id, key, customer_id::text AS customer_id, cause, payload_sealed, attempts, created_at,
    EXISTS (SELECT 1 FROM outbox AS next WHERE next.channel = $1 AND next.key = outbox.key AND next.id <> outbox.id
      AND next.state = 'ready') AS followed,
    coalesce((SELECT extract(epoch FROM now() - min(started_at)) FROM delivery
       WHERE outbox_id = outbox.id AND result = 'unknown'), 0)::float8 * 1000 AS unsure_ms, token::text AS token,
    (SELECT json_agg(json_build_object('method', method, 'result', result, 'status', status, 'detail', detail,
       'startedAt', started_at) ORDER BY delivery.id) FROM delivery WHERE outbox_id = outbox.id) AS earlier`

/** Takes up to `count` messages of a channel that are due, the oldest of each key, for this worker alone. */
export async function claimMessages(db: Database, channel: string, count: number): Promise<HeldMessage[]> {
  return db.query<HeldMessage>(CLAIM, [channel, count, randomUUID(), LEASE_SECONDS])
}

/** Notes that a call is about to be made, and renews the lease; undefined when another worker has the row by now. */
export async function beginAttempt(db: Database, message: HeldMessage, method: string): Promise<string | undefined> {
  const [begun] = await db.query<{ id: string }>(
    `WITH held AS (
       UPDATE outbox SET lease_until = now() + $3 * interval '1 second'
       WHERE id = $1::uuid AND token = $2::uuid AND state = 'running' RETURNING id, attempts)
     INSERT INTO delivery (outbox_id, attempt, method) SELECT id, attempts, $4 FROM held RETURNING id::text AS id`,
    [message.id, message.token, LEASE_SECONDS, method]
  )
  return begun?.id
}

/** How a call ended; "unknown" when no answer came. */
export interface AttemptEnd {
  readonly result: Attempt['result']
  readonly status?: number | undefined
  readonly detail?: string | undefined
}

/** Notes how a call ended. */
export async function endAttempt(db: Database, attemptId: string, end: AttemptEnd): Promise<void> {
  await db.query(
    `UPDATE delivery SET result = $2, status = $3, detail = $4, finished_at = now() WHERE id = $1::bigint`,
    [attemptId, end.result, end.status ?? null, end.detail ?? null]
  )
}

/** How a message ends: what became of it, and the call that LINE or Slack took last, if its end is not noted yet. */
export interface Finish {
  readonly outcome: string
  readonly acceptedAttempt?: string | undefined
}

/** Marks the message sent (or rightly not sent), and its last call accepted; false when another worker has it by now. */
export async function finishMessage(db: Database, message: HeldMessage, finish: Finish): Promise<boolean> {
  const rows = await db.query(
    `WITH ended AS (UPDATE delivery SET result = 'accepted', finished_at = now() WHERE id = $4::bigint)
     UPDATE outbox SET state = 'done', done_at = now(), outcome = $3, token = NULL, lease_until = NULL, last_error = NULL
     WHERE id = $1::uuid AND token = $2::uuid AND state = 'running' RETURNING id`,
    [message.id, message.token, finish.outcome, finish.acceptedAttempt]
  )
  return rows.length === 1
}

/** Lays the message aside until a business time. It counts as no try. */
export async function parkMessage(db: Database, message: HeldMessage, until: Date, reason: string): Promise<void> {
  await db.query(
    `UPDATE outbox SET state = 'parked', run_at = $3, last_error = $4, attempts = attempts - 1,
       token = NULL, lease_until = NULL
     WHERE id = $1::uuid AND token = $2::uuid AND state = 'running'`,
    [message.id, message.token, until, reason]
  )
}

/** Frees the parked messages whose business time has come, and returns how many. */
export async function unparkMessages(db: Database, now: Date): Promise<number> {
  const rows = await db.query(
    `UPDATE outbox SET state = 'ready', run_at = now() WHERE state = 'parked' AND run_at <= $1 RETURNING id`,
    [now]
  )
  return rows.length
}

/** A message that has to wait for its turn was not tried. */
export interface GiveBackMessage extends GiveBack {
  readonly counts: boolean
}

/** Gives the message back, to be tried again later or to lie dead; nothing when another worker has it by now. */
export async function giveBackMessage(db: Database, message: HeldMessage, given: GiveBackMessage): Promise<void> {
  const { next, fault, counts } = given
  const [state, delayMs] = next === 'dead' ? ['dead', 0] : ['ready', next]
  await db.transaction(async (tx) => {
    const rows = await tx.$queryRaw<DeadRow[]>`
      UPDATE outbox SET state = ${state}, token = NULL, lease_until = NULL, last_error = ${fault},
        attempts = attempts - ${counts ? 0 : 1}, run_at = now() + ${delayMs}::float8 * interval '1 millisecond'
      WHERE id = ${message.id}::uuid AND token = ${message.token}::uuid AND state = 'running'
      RETURNING id::text AS id, channel AS origin`
    if (state === 'dead') await noticeDeath(tx, db.cipher, { queue: 'outbox', rows })
  })
}

/**
 * Frees the messages of workers that vanished, and returns how many. `all` frees those in hand as well: for a database
 * that belongs to one process, when that process starts.
 */
export async function releaseMessages(
  db: Database,
  options: { all?: boolean; policy?: RetryPolicy } = {}
): Promise<number> {
  const { all = false, policy = OUTBOX_RETRY } = options
  const [expired] = await db.query('SELECT 1 FROM outbox WHERE state = $1 AND (lease_until < now() OR $2) LIMIT 1', [
    'running',
    all
  ])
  if (!expired) return 0
  return db.transaction(async (tx) => {
    const rows = await tx.$queryRaw<(DeadRow & { state: string })[]>`
      WITH lost AS (
        SELECT id FROM outbox WHERE state = 'running' AND (lease_until < now() OR ${all}) FOR UPDATE SKIP LOCKED)
      UPDATE outbox SET token = NULL, lease_until = NULL, last_error = 'the worker vanished', run_at = now(),
        state = CASE WHEN attempts >= ${policy.maxAttempts} THEN 'dead' ELSE 'ready' END
      FROM lost WHERE outbox.id = lost.id
      RETURNING outbox.id::text AS id, channel AS origin, state`
    await noticeDeath(tx, db.cipher, { queue: 'outbox', rows: rows.filter((row) => row.state === 'dead') })
    return rows.length
  })
}
