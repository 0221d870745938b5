import { storable } from '../../core/text.ts'
import type { Database } from '../db/index.ts'
import { withDeadline } from './deadline.ts'
import type { InboxEvent } from './types.ts'

/** Stores what the outside world tells us before it is acknowledged. */
export interface Intake {
  /** Resolves when the events are durable; an event known already is kept once. Throws IntakeUnavailable. */
  put(events: readonly InboxEvent[]): Promise<void>
}

/** The events could not be stored in time: answer 503, so that the sender tells them again. */
export class IntakeUnavailable extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause })
    this.name = 'IntakeUnavailable'
  }
}

export interface IntakeOptions {
  /** Called after events became durable. Default: nothing. */
  readonly onStored?: () => void
  /** How long a put may take. Default 1,500 ms: the caller answers within 2 seconds whatever the database does. */
  readonly timeoutMs?: number
  /** After this long an INSERT without an answer no longer holds up later ones. Default 10,000 ms. */
  readonly abandonMs?: number
  /** How many events may wait; more are refused at once. Default 20,000. */
  readonly maxWaiting?: number
}

interface Row {
  readonly source: string
  readonly eventId: string
  readonly key: string
  readonly occurredAt: string
  readonly body: string
  readonly state: string
}

interface Waiting {
  readonly rows: readonly Row[]
  readonly stored: () => void
  readonly failed: (error: unknown) => void
  /** Its caller has been told that it failed: nobody waits any more. */
  late: boolean
}

const MAX_ROWS_PER_INSERT = 1_000

/**
 * Ids are drawn in the order of arrival, but rows inserted in the order of their unique key: two processes that are told
 * the same events in different order would otherwise wait for each other.
 */
const INSERT = `
  INSERT INTO inbox (id, source, event_id, key, occurred_at, body_sealed, state)
  SELECT id, source, event_id, key, occurred_at, body_sealed, state
  FROM (SELECT nextval('inbox_id_seq') AS id, given.* FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]
    ) AS given (source, event_id, key, occurred_at, body_sealed, state)) AS numbered
  ORDER BY source, event_id
  ON CONFLICT (source, event_id) DO NOTHING`

/**
 * Puts that arrive while an INSERT is under way share the next one and its commit, so that the disk is not the limit.
 * At most two are under way (one embedded), and never two with the same key: events of a key commit as they arrived.
 */
export function createIntake(db: Database, options: IntakeOptions = {}): Intake {
  const { onStored, timeoutMs = 1_500, abandonMs = 10_000, maxWaiting = 20_000 } = options
  const slots = Math.min(2, db.concurrency)
  const busyKeys = new Set<string>()
  let waiting: Waiting[] = []
  let underWay = 0

  function flush(): void {
    while (underWay < slots && waiting.length > 0) {
      const { taken, left } = nextBatch(waiting, busyKeys)
      waiting = left
      if (taken.length === 0) return
      void send(taken)
    }
  }

  async function send(batch: readonly Waiting[]): Promise<void> {
    const keys = batch.flatMap((put) => put.rows.map((row) => row.key))
    for (const key of keys) busyKeys.add(key)
    underWay += 1
    try {
      await store(db, batch, abandonMs)
      onStored?.()
    } finally {
      underWay -= 1
      for (const key of keys) busyKeys.delete(key)
      flush()
    }
  }

  return {
    async put(events) {
      if (events.length === 0) return
      if (waiting.length >= maxWaiting) throw new IntakeUnavailable('Too many events wait to be stored')
      const rows = events.map((event) => rowOf(event, db))
      await new Promise<void>((resolve, reject) => {
        const deadline = setTimeout(() => {
          put.late = true
          reject(new IntakeUnavailable(`Not stored within ${timeoutMs} ms`))
        }, timeoutMs)
        const settle = (end: () => void) => {
          clearTimeout(deadline)
          end()
        }
        const put: Waiting = {
          rows,
          late: false,
          stored: () => settle(resolve),
          failed: (error) => settle(() => reject(new IntakeUnavailable('The database refused the events', error)))
        }
        waiting.push(put)
        flush()
      })
    }
  }
}

function rowOf(event: InboxEvent, db: Database): Row {
  return {
    source: storable(event.source),
    eventId: storable(event.eventId),
    key: storable(event.key),
    occurredAt: event.occurredAt.toISOString(),
    body: db.cipher.seal('inbox.body', event.body),
    state: event.quarantined ? 'quarantined' : 'ready'
  }
}

/** Takes whole puts in order; one that shares a key with something under way or left behind stays behind too. */
function nextBatch(queue: readonly Waiting[], busyKeys: ReadonlySet<string>): { taken: Waiting[]; left: Waiting[] } {
  const taken: Waiting[] = []
  const left: Waiting[] = []
  const heldBack = new Set(busyKeys)
  let rows = 0
  for (const put of queue) {
    if (put.late) continue
    const fits = rows === 0 || rows + put.rows.length <= MAX_ROWS_PER_INSERT
    if (fits && put.rows.every((row) => !heldBack.has(row.key))) {
      taken.push(put)
      rows += put.rows.length
    } else {
      left.push(put)
      for (const row of put.rows) heldBack.add(row.key)
    }
  }
  return { taken, left }
}

/** One INSERT for all; if the database refuses it, one for each, so that a put it cannot take fails alone. */
async function store(db: Database, batch: readonly Waiting[], abandonMs: number): Promise<void> {
  const insert = (puts: readonly Waiting[]) => withDeadline('INSERT INTO inbox', abandonMs, insertRows(db, puts))
  try {
    await insert(batch)
    for (const put of batch) put.stored()
  } catch (error) {
    if (batch.length === 1 || !isRefusal(error)) {
      for (const put of batch) put.failed(error)
      return
    }
    for (const put of batch) await insert([put]).then(put.stored, put.failed)
  }
}

/** PostgreSQL's class 22: it understood the statement and cannot hold a value of it. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22')
}

async function insertRows(db: Database, batch: readonly Waiting[]): Promise<void> {
  const rows = batch.flatMap((put) => put.rows)
  const column = (pick: (row: Row) => string) => rows.map(pick)
  await db.query(INSERT, [
    column((row) => row.source),
    column((row) => row.eventId),
    column((row) => row.key),
    column((row) => row.occurredAt),
    column((row) => row.body),
    column((row) => row.state)
  ])
}
