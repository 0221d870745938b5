import pg from 'pg'
import { publishFiles } from '../../src/features/definitions/index.ts'
import { flowDefinitions } from '../../src/features/flows/index.ts'
import { enterDue } from '../../src/features/triggers/index.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createLog } from '../../src/platform/log.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { serveFrom } from './child.ts'
import { median, percentile } from './figures.ts'
import { customerIdOf, TIME_ZONE } from './fill-business.ts'
import { webhook } from './wire.ts'

export interface FlowFigures {
  readonly runs: number
  /** Medians of looking for due timers: none are, and those of a whole segment are. */
  readonly noneDueMs: number
  readonly manyDueMs: number
  readonly publishMs: number
  /** Setting timers for everybody in a segment, while webhooks are taken. */
  readonly startSeconds: number
  readonly people: number
  /** Until a webhook is answered: with nothing else to do, and during the start. */
  readonly quiet: Latency
  readonly busy: Latency
}

interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
}

const SEGMENT = 100_000
const ROUNDS = 50
const QUIET_MS = 5_000
const DUE =
  'SELECT id::text AS id, kind, name, key, due_at, body FROM timer WHERE due_at <= $1 ORDER BY due_at, id LIMIT 250'

/** What so many sleeping runs cost those who look for work, edit flows and send webhooks. */
export async function measureFlows(
  databaseUrl: string,
  runs: number,
  progress: (text: string) => void
): Promise<FlowFigures> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  const server = await serveFrom('intake-server.ts', { BENCH_DATABASE_URL: databaseUrl })
  try {
    progress(`${runs} sleeping runs`)
    const people = Math.min(SEGMENT, runs)
    await fill(databaseUrl, db, { runs, people })
    progress('due timers, publishing, webhooks')
    const noneDueMs = await medianOf(() => db.query(DUE, [new Date()]))
    const publishMs = await took(publish(db))
    const quiet = await latency(server.origin, new Promise((resolve) => setTimeout(resolve, QUIET_MS)))
    progress(`a flow for ${people} customers, while webhooks are taken`)
    const startMs = performance.now()
    const starting = start(db)
    const busy = await latency(server.origin, starting)
    const startSeconds = (performance.now() - startMs) / 1_000
    const manyDueMs = await medianOf(() => db.query(DUE, [new Date()]))
    return { runs, noneDueMs, manyDueMs, publishMs, startSeconds, people, quiet, busy }
  } finally {
    await server.stop()
    await db.close()
  }
}

/** Everybody waits in a flow for some days to come; some of them are in a segment. */
async function fill(databaseUrl: string, db: Database, { runs, people }: { runs: number; people: number }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c synchronous_commit=off' })
  const id = (number: string) => `('${customerIdOf(0).slice(0, 24)}' || lpad((${number})::text, 12, '0'))::uuid`
  const everybody = `generate_series(0, ${runs} - 1) AS n`
  const statements = [
    `INSERT INTO customer (id, locale, created_at) SELECT ${id('n')}, 'ja', now() FROM ${everybody}`,
    `INSERT INTO identity (id, customer_id, channel, external_hash, external_sealed, created_at)
     SELECT gen_random_uuid(), ${id('n')}, 'line', n::text, '${db.cipher.seal('identity.external', 'U0')}', now() FROM ${everybody}`,
    `INSERT INTO flow_run (id, customer_id, flow, definition_id, open_key, step, visit, facts_sealed, cause, started_at)
     SELECT ${id('n')}, ${id('n')}, 'sleep', gen_random_uuid(), ${id('n')} || ':sleep', 'w', 1,
       '${db.cipher.seal('flow_run.facts', '{}')}', 'bench', now() FROM ${everybody}`,
    `INSERT INTO timer (kind, name, key, due_at, body) SELECT 'flow', 'flow:' || ${id('n')} || ':1', ${id('n')}::text,
       now() + interval '1 hour' + random() * interval '30 days', '{"visit":1}' FROM ${everybody}`,
    `INSERT INTO segment_member (segment, customer_id, entered_at)
     SELECT 'everybody', ${id('n')}, now() FROM generate_series(0, ${people} - 1) AS n`,
    'VACUUM ANALYZE'
  ]
  for (const statement of statements) await pool.query(statement)
  await pool.end()
}

const FILE = {
  path: 'scenarios/hello.yaml',
  text: `{ id: hello, kind: scenario, consent: service, trigger: { by_hand: true },
    steps: [{ id: hello, do: say, text: { ja: こんにちは, en: Hello } }] }`
}

async function publish(db: Database): Promise<void> {
  const result = await publishFiles(db, { kinds: flowDefinitions, files: [FILE], at: new Date() })
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
}

async function start(db: Database): Promise<void> {
  const scope = {
    ...{ db, now: () => new Date(), timeZone: TIME_ZONE, log: { ...createLog(), info: () => undefined } },
    waitUntil: () => undefined
  }
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  await db.query(
    `INSERT INTO flow_start (id, kind, flow, segment, at) VALUES (gen_random_uuid(), 'scenario', 'hello', 'everybody', now())`
  )
  await enterDue({ scope, perform, isOver: () => false })
}

const PEOPLE = 500

/** Sends webhooks one after another, on a few lines, until something is done. */
async function latency(origin: string, until: Promise<unknown>): Promise<Latency> {
  const tookMs: number[] = []
  let isDone = false
  const lines = Array.from({ length: 4 }, async (_, line) => {
    for (let sent = line; !isDone; sent += 4) {
      const { body, headers } = webhook(sent % PEOPLE, 'スタンプ')
      tookMs.push(await took(fetch(`${origin}/line/webhook`, { method: 'POST', body, headers })))
    }
  })
  await until
  isDone = true
  await Promise.all(lines)
  return { p50Ms: percentile(tookMs, 50), p99Ms: percentile(tookMs, 99) }
}

async function medianOf(ask: () => Promise<unknown>): Promise<number> {
  const tookMs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) tookMs.push(await took(ask()))
  return median(tookMs)
}

async function took(what: Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await what
  return performance.now() - startMs
}
