/**
 * Kills workers with -9 while customers write and the channel fails, then counts: what was acknowledged, its effects and
 * its deliveries must be the same, in each customer's order.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { startPostgres } from '../support/postgres.ts'
import { type Channel, startChannel } from './channel.ts'
import { type ChaosEvent, chaosCipher } from './contract.ts'
import { type Crew, startCrew } from './crew.ts'

const CUSTOMERS = 20
const REPEATED = 0.15
/** Slow enough that deliveries, of which every third has to be repeated, keep up. */
const THINK_MS = 800
const IDLE_MS = 25_000
/** Several times what a worker waits before it tries a call again. */
const QUIET_MS = 3_000

const USAGE = 'npm run test:chaos -- embedded|postgres [kills]   default: embedded, 20 kills; one to two minutes'

const [kind = 'embedded', killsText = '20'] = process.argv.slice(2)
const kills = Number(killsText)
if (!['embedded', 'postgres'].includes(kind) || !(kills > 0)) {
  console.error(USAGE)
  process.exit(kind === '--help' ? 0 : 2)
}
const startedMs = performance.now()
const server = kind === 'postgres' ? await startPostgres() : undefined
const dataDir = server ? undefined : await mkdtemp(join(tmpdir(), 'matane-chaos-'))
const channel = await startChannel()
const where = { databaseUrl: server?.url, dataDir }
await inDatabase((db) => db.query('CREATE TABLE chaos_effect (key text NOT NULL, n int NOT NULL, id bigserial)'))
const crew = await startCrew({ ...where, channelUrl: channel.url }, server ? 3 : 1)

const stopWriting = new AbortController()
const acked = Array.from({ length: CUSTOMERS }, (_, n) => ({ key: `customer-${n}`, count: 0 }))
const writing = Promise.all(acked.map((customer) => write(crew, customer, stopWriting.signal)))
for (let kill = 0; kill < kills; kill += 1) {
  await someDeliveries(3)
  await pause(Math.random() * 500)
  await crew.killOne()
  console.error(`${kind}: ${kill + 1} of ${kills} killed, ${channel.accepted.length} delivered`)
}
stopWriting.abort()
await writing
const ackedCount = acked.reduce((sum, { count }) => sum + count, 0)
await deliveriesEnd()
await crew.stop()

const effects = await inDatabase((db) => db.query<ChaosEvent>('SELECT key, n FROM chaos_effect ORDER BY id'))
const unfinished = await inDatabase((db) => db.query(`SELECT id FROM outbox WHERE state <> 'done'`))
await server?.stop()
if (dataDir) await rm(dataDir, { recursive: true, force: true })
channel.close()
report(channel, effects)

/** Resolves when the channel has taken `count` more: a worker that is killed before it did anything proves nothing. */
async function someDeliveries(count: number): Promise<void> {
  const enough = channel.accepted.length + count
  for (let waitedMs = 0; channel.accepted.length < enough && waitedMs < IDLE_MS; waitedMs += 20) await pause(20)
}

/**
 * Resolves when all is delivered and nobody calls any more: a call whose answer was lost is made again, and what should not
 * come at all comes late. Or when nothing has come for long.
 */
async function deliveriesEnd(): Promise<void> {
  await silence(() => channel.accepted.length, IDLE_MS, ackedCount)
  await silence(() => channel.accepted.length + channel.counts.failed + channel.counts.repeated, QUIET_MS)
}

/** Resolves when a count has not risen for so long, or has come to `enough`. */
async function silence(count: () => number, forMs: number, enough = Number.POSITIVE_INFINITY): Promise<void> {
  let seen = count()
  for (let idleMs = 0; seen < enough && idleMs < forMs; idleMs += 100) {
    await pause(100)
    if (count() > seen) idleMs = 0
    seen = count()
  }
}

async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(where, chaosCipher)
  return work(db).finally(() => db.close())
}

/** A customer writes the next thing only when the last one was acknowledged, and now and then twice. */
async function write(workers: Crew, customer: { key: string; count: number }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const event = { key: customer.key, n: customer.count }
    if (!(await workers.put(event))) continue
    customer.count += 1
    if (Math.random() < REPEATED) await workers.put(event)
    await pause(Math.random() * THINK_MS)
  }
  // An event whose acknowledgement was lost may have been stored: it counts when it is told again.
  while (!(await workers.put({ key: customer.key, n: customer.count }))) await pause(50)
  customer.count += 1
}

/** The first place where a customer's list is not 0, 1, 2 …; undefined when there is none. */
function disorder(events: readonly ChaosEvent[]): string | undefined {
  for (const { key, count } of acked) {
    const ns = events.filter((event) => event.key === key).map((event) => event.n)
    const wrong = ns.findIndex((n, at) => n !== at)
    if (wrong >= 0 || ns.length !== count) return `${key}: ${ns.length} of ${count}, first fault at ${wrong}`
  }
  return undefined
}

function report({ accepted, counts }: Channel, done: readonly ChaosEvent[]): void {
  const faults = { effects: disorder(done), deliveries: disorder(accepted), unfinished: unfinished.length || undefined }
  const ok = Object.values(faults).every((fault) => fault === undefined)
  const seconds = Math.round((performance.now() - startedMs) / 1_000)
  const figures = {
    kind,
    kills,
    acked: ackedCount,
    effects: done.length,
    deliveries: accepted.length,
    ...counts,
    seconds
  }
  console.log(JSON.stringify({ ok, ...figures, ...(!ok && { faults }) }))
  process.exit(ok ? 0 : 1)
}
