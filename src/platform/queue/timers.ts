import type { DueTimer, Feature } from '../feature.ts'
import type { Scope } from '../scope.ts'
import type { Work } from '../work.ts'
import { IS_DUE } from './lease.ts'
import type { InboxConsumer } from './types.ts'

/** Something to do at a business time. */
export interface NewTimer {
  /** Which feature's `timers` handles it. */
  readonly kind: string
  /** One of a kind: setting a timer of the same name again moves it. */
  readonly name: string
  /** Work of one key is done one after another; a customer's id, as a rule. */
  readonly key: string
  readonly dueAt: Date
  /** Ids and figures as JSON, never personal text. Default "{}". */
  readonly body?: string
}

/** So many fired timers wait in the inbox at most: what a customer writes comes behind these, not behind a hundred thousand. */
const WAITING_AT_MOST = 250

/** Sets a timer, or moves the one of that name. */
export async function setTimer(work: Work, timer: NewTimer): Promise<void> {
  const { kind, name, key, dueAt, body = '{}' } = timer
  await work.tx.timer.upsert({
    where: { name },
    create: { kind, name, key, dueAt, body },
    update: { kind, key, dueAt, body }
  })
}

/** Sets up to about 1,000 timers in one statement. Where one of a name is set already, it stays as it is. */
export async function setTimers(work: Work, timers: readonly NewTimer[]): Promise<void> {
  const column = (value: (timer: NewTimer) => string) => timers.map(value)
  await work.tx.$executeRaw`
    INSERT INTO timer (kind, name, key, due_at, body)
    SELECT given.* FROM unnest(
      ${column(({ kind }) => kind)}::text[], ${column(({ name }) => name)}::text[], ${column(({ key }) => key)}::text[],
      ${column(({ dueAt }) => dueAt.toISOString())}::timestamptz[], ${column(({ body = '{}' }) => body)}::text[]
    ) AS given (kind, name, key, due_at, body) ORDER BY name
    ON CONFLICT (name) DO NOTHING`
}

/** Takes a timer back. One that has fallen due a moment ago may still be handled: handlers check that they still apply. */
export async function cancelTimer(work: Work, name: string): Promise<void> {
  await work.tx.timer.deleteMany({ where: { name } })
}

interface TimerRow extends Omit<DueTimer, 'dueAt'> {
  readonly id: string
  readonly kind: string
  readonly due_at: Date
}

/**
 * Moves timers that are due by the business clock into the inbox, and returns how many. One statement deletes and
 * inserts: a timer cancelled or moved meanwhile stays out, and one that fires twice at once is handled once. When very many
 * are due at once, such as everybody in a segment, the rest is fired as those in the inbox are handled.
 */
export async function fireDueTimers(scope: Scope): Promise<number> {
  const room = WAITING_AT_MOST - (await countWaiting(scope))
  if (room <= 0) return 0
  const due = await scope.db.query<TimerRow>(
    `SELECT id::text AS id, kind, name, key, due_at, body FROM timer WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2`,
    [scope.now(), room]
  )
  if (due.length > 0) await moveToInbox(scope, due)
  return due.length
}

/** Fired timers that nobody has in hand yet; those that failed and wait to be tried again are in nobody's way. */
async function countWaiting({ db }: Scope): Promise<number> {
  const [row] = await db.query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM (
       SELECT 1 FROM inbox WHERE state = 'ready' AND source = 'timer' AND ${IS_DUE} LIMIT $1) AS fired`,
    [WAITING_AT_MOST]
  )
  return row?.waiting ?? 0
}

async function moveToInbox(scope: Scope, due: readonly TimerRow[]): Promise<void> {
  const sealed = due.map((timer) => scope.db.cipher.seal('inbox.body', bodyOf(timer)))
  await scope.db.query(
    `WITH given AS (
       SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[]) AS t (id, due_at, event_id, body)),
     gone AS (
       DELETE FROM timer USING given WHERE timer.id = given.id AND timer.due_at = given.due_at
       RETURNING timer.key, timer.due_at, given.event_id, given.body)
     INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed)
     SELECT 'timer', event_id, key, due_at, body FROM gone ORDER BY event_id
     ON CONFLICT (source, event_id) DO NOTHING`,
    [
      due.map((timer) => timer.id),
      due.map((timer) => timer.due_at),
      due.map((timer) => `${timer.name}@${timer.due_at.toISOString()}`),
      sealed
    ]
  )
}

function bodyOf({ kind, name, body }: TimerRow): string {
  return JSON.stringify({ kind, name, body })
}

/** Handles the timers that fell due: each goes to the feature that knows its kind. */
export function timerConsumer(features: readonly Feature[]): InboxConsumer {
  const handlers = new Map(features.flatMap((feature) => Object.entries(feature.timers ?? {})))
  return {
    source: 'timer',
    async handle(work, row) {
      const { kind, name, body } = JSON.parse(row.body) as { kind: string; name: string; body: string }
      const handler = handlers.get(kind)
      if (!handler) throw new Error(`No feature handles timers of the kind "${kind}"`)
      await handler(work, { name, key: row.key, dueAt: row.occurredAt, body })
    }
  }
}
