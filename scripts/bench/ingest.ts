import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NewEvent, recordEvents } from '../../src/features/events/index.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { type LanePlan, measurePace } from './lanes.ts'

export interface IngestFigures {
  /** Recorded with everything that belongs to it: keys, sealing, days, figures; in batches of 100. */
  readonly eventsPerSecond: number
  /** The same rows, by one COPY, into a table without an index. */
  readonly copyPerSecond: number
}

const BATCH = 100
const WARM_UP_BATCHES = 20
const PEOPLE = 20_000
const DAY_MS = 86_400_000
const NAMES = ['visit', 'order.completed', 'page.viewed', 'visit', 'message.sent', 'feature.used'] as const

/** How fast a batch of events becomes record and figures on a PostgreSQL server, and how fast bare rows become rows. */
export async function measureIngest(databaseUrl: string, plan: LanePlan): Promise<IngestFigures> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  try {
    await db.query(
      `INSERT INTO customer (id, created_at)
       SELECT ('01990000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now() FROM generate_series(0, $1::int - 1) AS n`,
      [PEOPLE]
    )
    for (let batch = 0; batch < WARM_UP_BATCHES; batch += 1) await record(db, batch)
    const { done, perSecond } = await measurePace(plan, (batch) => record(db, WARM_UP_BATCHES + batch))
    return { eventsPerSecond: perSecond, copyPerSecond: await copy(db, done) }
  } finally {
    await db.close()
  }
}

/** How many were recorded: all of a batch, or it throws. */
async function record(db: Database, batch: number): Promise<number> {
  const events = Array.from({ length: BATCH }, (_, index) => eventOf(batch * BATCH + index))
  const work = { cipher: db.cipher, now: new Date(), timeZone: 'Asia/Tokyo' }
  await db.transaction((tx) => recordEvents({ ...work, tx }, events))
  return BATCH
}

/** People at random, in the last two months; half of the events bring something personal along. */
function eventOf(number: number): NewEvent {
  const person = (number * 7919) % PEOPLE
  return {
    customerId: `01990000-0000-7000-8000-${String(person).padStart(12, '0')}`,
    name: NAMES[number % NAMES.length] ?? 'visit',
    at: new Date(Date.now() - ((number * 104_729) % (60 * DAY_MS))),
    source: 'bench',
    sourceId: `event-${number}`,
    shop: 'kamakura',
    properties: { order_id: `order-${number}`, amount: 1000 + (number % 5000) },
    ...(number % 2 ? { personal: { memo: 'window seat, two people' } } : {})
  }
}

/** Rows per second of one COPY from a file that the server, under an account of its own, may read. */
async function copy(db: Database, rows: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'matane-copy-'))
  const file = join(folder, 'events.tsv')
  const lines = Array.from({ length: rows }, (_, number) => {
    const { customerId, name, at, source, sourceId, shop, properties } = eventOf(number)
    return [customerId, name, at.toISOString(), source, sourceId, shop, JSON.stringify(properties)].join('\t')
  })
  writeFileSync(file, `${lines.join('\n')}\n`)
  chmodSync(folder, 0o755)
  chmodSync(file, 0o644)
  await db.query(
    'CREATE TABLE bench_event (customer_id uuid, name text, at timestamptz, source text, source_id text, shop text, properties jsonb)'
  )
  const startMs = performance.now()
  await db.query(`COPY bench_event FROM '${file}'`)
  const tookMs = performance.now() - startMs
  await db.query('DROP TABLE bench_event')
  rmSync(folder, { recursive: true })
  return (rows * 1_000) / tookMs
}
