/** Figures of speed, as ratios within one run: `npm run bench -- [--quick] [--json]`. Nothing else should be running. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '../test/support/free-port.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { residentMb, startProduct } from './bench/child.ts'
import { type ImportFigures, measureImport } from './bench/csv-import.ts'
import { type CustomerCardFigures, measureCustomerCard } from './bench/customer-card.ts'
import { median } from './bench/figures.ts'
import { type FlowFigures, measureFlows } from './bench/flows.ts'
import { measureHttpIngest } from './bench/http-ingest.ts'
import { measureIngest } from './bench/ingest.ts'
import { type IntakeFigures, measureInsertLoop, measureIntake } from './bench/intake.ts'
import { channelsAt, measureCard, measureReply, type RoadFigures } from './bench/reply.ts'
import { measureSegments, type SegmentFigures } from './bench/segments.ts'
import { measureTiers, type TierFigures } from './bench/tiers.ts'
import { quietChannels } from './bench/wire.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
    customers: { type: 'string', default: '1000000' }
  }
})
if (options.help) {
  console.log(`npm run bench -- [--quick] [--json]   intake, ingest, event to reply and to alert card, start and memory, CSV import; about 5 minutes (quick: 1)
npm run bench -- segments [--customers 1000000] [--json]   a preview of each shipped segment, and the customer card, with 20
                                                            events a customer; about 20 minutes and 15 GB of disk, most of it to fill tables
npm run bench -- flows [--customers 1000000] [--json]      as many sleeping runs: due timers, publishing, a flow for 100,000 customers
npm run bench -- tiers [--customers 1000000] [--json]      placing everybody by new rules, looking at them daily, and what a batch of facts costs`)
  process.exit(0)
}

const quick = options.quick ?? false
const folder = mkdtempSync(join(tmpdir(), 'matane-bench-'))
const progress = (text: string) => console.error(`— ${text}`)

const ALONE: Readonly<Record<string, () => Promise<[unknown, string]>>> = {
  segments: segmentsAlone,
  flows: flowsAlone,
  tiers: tiersAlone
}

try {
  const [figures, text] = await (ALONE[positionals[0] ?? ''] ?? everything)()
  console.log(options.json ? JSON.stringify(figures, undefined, 2) : text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function everything(): Promise<[unknown, string]> {
  const figures = await measureAll()
  return [figures, table(figures)]
}

async function segmentsAlone(): Promise<[unknown, string]> {
  const customers = customersAsked()
  progress(`segments among ${customers} customers`)
  const postgres = await startPostgres({ settings: ['shared_buffers=1GB', 'max_wal_size=8GB'] })
  try {
    const plan = { customers, events: customers * 20, rounds: quick ? 1 : 3 }
    const segments = await measureSegments(postgres.url, plan, progress)
    progress('customer cards')
    const card = await measureCustomerCard(postgres.url, plan)
    return [{ segments, card }, [...segments.map(segmentLine), cardLine(card)].join('\n')]
  } finally {
    await postgres.stop()
  }
}

function customersAsked(): number {
  const customers = Number(options.customers)
  if (!Number.isInteger(customers) || customers < 1) throw new Error('--customers: write a whole number')
  return customers
}

async function flowsAlone(): Promise<[unknown, string]> {
  const customers = customersAsked()
  const postgres = await startPostgres({ settings: ['shared_buffers=1GB', 'max_wal_size=8GB'] })
  try {
    const figures = await measureFlows(postgres.url, customers, progress)
    return [figures, flowLines(figures)]
  } finally {
    await postgres.stop()
  }
}

async function tiersAlone(): Promise<[unknown, string]> {
  const customers = customersAsked()
  const postgres = await startPostgres({ settings: ['shared_buffers=1GB', 'max_wal_size=8GB'] })
  try {
    const figures = await measureTiers(postgres.url, customers, progress)
    return [figures, tierLines(figures)]
  } finally {
    await postgres.stop()
  }
}

function tierLines({ customers, days, placeSeconds, lookSeconds, above, plainMs, tieredMs }: TierFigures): string {
  return [
    `${customers} customers with ${days} days placed in ${placeSeconds.toFixed(1)} s (${above} above the first tier), looked at again in ${lookSeconds.toFixed(1)} s`,
    `A batch of 100 facts: ${plainMs.toFixed(1)} ms without tiers, ${tieredMs.toFixed(1)} ms with them (${(tieredMs / plainMs).toFixed(2)} times)`
  ].join('\n')
}

function flowLines({ runs, noneDueMs, manyDueMs, publishMs, startSeconds, people, quiet, busy }: FlowFigures): string {
  return [
    `${runs} sleeping runs: none due found in ${noneDueMs.toFixed(1)} ms, of ${people} due the next 250 in ${manyDueMs.toFixed(1)} ms`,
    `Publishing a flow: ${publishMs.toFixed(0)} ms`,
    `A flow for a segment of ${people}: ${startSeconds.toFixed(1)} s; webhooks answered meanwhile in ${busy.p50Ms.toFixed(1)} ms ` +
      `(p99 ${busy.p99Ms.toFixed(0)}), else in ${quiet.p50Ms.toFixed(1)} ms (p99 ${quiet.p99Ms.toFixed(0)})`
  ].join('\n')
}

function segmentLine({ id, people, medianMs, slowestMs }: SegmentFigures): string {
  return `${id}: ${people} people, ${medianMs.toFixed(0)} ms (slowest ${slowestMs.toFixed(0)} ms)`
}

function cardLine({ findMs, viewMs, viewP99Ms }: CustomerCardFigures): string {
  return `Customer card: found by the last 4 of the id in ${findMs.toFixed(0)} ms, read in ${viewMs.toFixed(0)} ms (p99 ${viewP99Ms.toFixed(0)} ms)`
}

type Figures = Awaited<ReturnType<typeof measureAll>>

async function measureAll() {
  progress('starting PostgreSQL')
  // Behind a local Worker every request has a session of its own.
  const postgres = await startPostgres({ settings: ['max_connections=300'] })
  const servers = {
    PostgreSQL: { program: 'intake-server.ts', env: { BENCH_DATABASE_URL: postgres.url } },
    embedded: { program: 'intake-server.ts', env: { BENCH_DATA_DIR: join(folder, 'intake') } },
    'workerd, nothing pooled': { program: 'workerd-server.ts', env: { BENCH_DATABASE_URL: postgres.url } }
  }
  progress('intake, against a bare echo')
  const plan = { connections: 64, seconds: quick ? 3 : 8, rounds: quick ? 1 : 3 }
  const intake = await measureIntake(servers, plan)
  progress('single-row INSERT loop')
  const insertsPerSecond = await measureInsertLoop(postgres.url, quick ? 2 : 5)
  progress('events into record and figures, against COPY')
  const ingest = await measureIngest(postgres.url, { seconds: quick ? 3 : 10, lanes: 2 })
  progress('events over HTTP')
  const httpIngestPerSecond = await measureHttpIngest(postgres.url, { seconds: quick ? 3 : 10, lanes: 4 })
  progress('event to reply, 50 a second; embedded, 20')
  await postgres.stop()
  // A server of its own: what the intake left unhandled would come first, and be vacuumed meanwhile.
  const quiet = await startPostgres()
  const onQuiet = serverEnv(quiet.url)
  const steady = { perSecond: 50, seconds: quick ? 5 : 20 }
  const slower = { ...steady, perSecond: 20 }
  const reply = {
    PostgreSQL: await measureReply(onQuiet, { ...steady, port: await freePort() }),
    embedded: await measureReply({ MATANE_DATA_DIR: join(folder, 'reply') }, { ...slower, port: await freePort() })
  }
  progress('event to alert card, one every two seconds')
  const few = { perSecond: 0.5, seconds: quick ? 10 : 40 }
  const card = {
    PostgreSQL: await measureCard(onQuiet, { ...few, port: await freePort() }),
    embedded: await measureCard({ MATANE_DATA_DIR: join(folder, 'reply') }, { ...few, port: await freePort() })
  }
  progress('start and idle memory')
  const start = {
    PostgreSQL: await measureStart(onQuiet),
    embedded: await measureStart({ MATANE_DATA_DIR: join(folder, 'reply') })
  }
  progress('a CSV file of visits')
  const csv = await measureImport(onQuiet, quick ? 20_000 : 200_000)
  await quiet.stop()
  return { intake, insertsPerSecond, ingest, httpIngestPerSecond, reply, card, start, csv }
}

function serverEnv(url: string): Record<string, string> {
  return { DATABASE_URL: url, MATANE_ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}` }
}

/** With the database there already, as on every start but the first. */
async function measureStart(env: Readonly<Record<string, string>>): Promise<{ readyMs: number; idleMb: number }> {
  const channels = await quietChannels()
  const readyMs: number[] = []
  let idleMb = Number.NaN
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    const product = await startProduct(await freePort(), { ...channelsAt(channels.origin), ...env })
    readyMs.push(product.readyMs)
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    idleMb = residentMb(product.child.pid)
    await product.stop()
  }
  channels.close()
  return { readyMs: median(readyMs), idleMb }
}

function table({ intake, insertsPerSecond, ingest, httpIngestPerSecond, reply, card, start, csv }: Figures): string {
  const intakeLine = ([where, figure]: [string, IntakeFigures]) =>
    `Intake, ${where}: ${figure.requestsPerSecond.toFixed(0)}/s, ${figure.ofEcho.toFixed(2)} of the echo, ` +
    `${(figure.requestsPerSecond / insertsPerSecond).toFixed(1)} of the INSERT loop, p99 ${figure.p99Ms.toFixed(0)} ms` +
    (figure.refused > 0 ? `, ${(figure.refused * 100).toFixed(1)} % refused` : '')
  const roadLine =
    (road: string) =>
    ([where, figure]: [string, RoadFigures]) =>
      `${road}, ${where}: p50 ${figure.p50Ms.toFixed(0)} ms, p99 ${figure.p99Ms.toFixed(0)} ms ` +
      `(${figure.answered} of ${figure.sent} arrived)`
  const startLine = ([where, figure]: [string, { readyMs: number; idleMb: number }]) =>
    `Start, ${where}: ready in ${(figure.readyMs / 1_000).toFixed(1)} s, idle ${figure.idleMb.toFixed(0)} MB`
  return [
    `Bare node:http echo: ${intake.echo.toFixed(0)}/s; single-row INSERT loop: ${insertsPerSecond.toFixed(0)}/s`,
    ...Object.entries(intake.intake).map(intakeLine),
    `Events into record and figures, batches of 100: ${ingest.eventsPerSecond.toFixed(0)}/s, ` +
      `1/${(ingest.copyPerSecond / ingest.eventsPerSecond).toFixed(0)} of COPY into a bare table (${ingest.copyPerSecond.toFixed(0)}/s)`,
    `Events over HTTP in Segment's form, batches of 100: ${httpIngestPerSecond.toFixed(0)}/s, ` +
      `1/${(ingest.copyPerSecond / httpIngestPerSecond).toFixed(0)} of COPY`,
    ...Object.entries(reply).map(roadLine('Event to reply, 50/s (embedded: 20/s)')),
    ...Object.entries(card).map(roadLine('Event to alert card, one in 2 s')),
    ...Object.entries(start).map(startLine),
    importLine(csv, ingest.copyPerSecond)
  ].join('\n')
}

function importLine({ rows, seconds, peakMb }: ImportFigures, copyPerSecond: number): string {
  return (
    `CSV import, ${rows} visits: ${seconds.toFixed(1)} s (${(rows / seconds).toFixed(0)}/s, ` +
    `1/${((copyPerSecond * seconds) / rows).toFixed(0)} of COPY into a bare table), at most ${peakMb.toFixed(0)} MB`
  )
}
