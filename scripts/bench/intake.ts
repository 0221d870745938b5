import autocannon from 'autocannon'
import { Client } from 'pg'
import { type Served, serveFrom } from './child.ts'
import { median } from './figures.ts'
import { webhook } from './wire.ts'

export interface IntakeFigures {
  /** Webhooks taken in: stored and answered with 200. */
  readonly requestsPerSecond: number
  /** Of all answers, the share of 503: not stored in time, and LINE brings them again. */
  readonly refused: number
  readonly p99Ms: number
  /** Requests per second against the bare echo, in the same round. */
  readonly ofEcho: number
}

/** A LINE channel's people: few enough to repeat, many enough not to wait for each other. */
const PEOPLE = 5_000
/** Faster than the echo: no webhook is sent twice. */
const MOST_PER_SECOND = 20_000

export interface IntakePlan {
  readonly connections: number
  readonly seconds: number
  readonly rounds: number
}

/** A server program of this folder and what it is told. */
export interface IntakeServer {
  readonly program: string
  readonly env: Readonly<Record<string, string>>
}

/** Takes turns between the echo and each server, and gives the medians over the rounds. */
export async function measureIntake(
  servers: Readonly<Record<string, IntakeServer>>,
  plan: IntakePlan
): Promise<{ echo: number; intake: Record<string, IntakeFigures> }> {
  const echo = await serveFrom('echo-server.ts')
  const running = new Map<string, Served>()
  for (const [name, { program, env }] of Object.entries(servers)) running.set(name, await serveFrom(program, env))
  const rounds: Record<string, IntakeFigures[]> = {}
  const echoes: number[] = []
  for (let round = 0; round < plan.rounds; round += 1) {
    const base = await load(echo.origin, plan)
    echoes.push(base.requests.average)
    for (const [name, { origin }] of running) {
      const result = await load(origin, plan)
      rounds[name] ??= []
      const requestsPerSecond = result['2xx'] / result.duration
      rounds[name].push({
        requestsPerSecond,
        refused: result.non2xx / (result['2xx'] + result.non2xx),
        p99Ms: result.latency.p99,
        ofEcho: requestsPerSecond / base.requests.average
      })
    }
  }
  await Promise.all([echo, ...running.values()].map((server) => server.stop()))
  return { echo: median(echoes), intake: mapValues(rounds, medians) }
}

function medians(rounds: readonly IntakeFigures[]): IntakeFigures {
  const of = (key: keyof IntakeFigures) => median(rounds.map((round) => round[key]))
  const [requestsPerSecond, refused] = [of('requestsPerSecond'), of('refused')]
  return { requestsPerSecond, refused, p99Ms: of('p99Ms'), ofEcho: of('ofEcho') }
}

function mapValues<A, B>(values: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}

/** Posts webhooks, each signed and with an id of its own. Every one is answered, with 200 or (not stored in time) 503. */
async function load(origin: string, { connections, seconds }: IntakePlan): Promise<autocannon.Result> {
  // Signed beforehand: the load must not compete with the server for the processor.
  const webhooks = Array.from({ length: seconds * MOST_PER_SECOND }, (_, count) => webhook(count % PEOPLE, 'スタンプ'))
  let sent = 0
  const result = await autocannon({
    url: `${origin}/line/webhook`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest(request) {
          const next = webhooks[sent % webhooks.length]
          sent += 1
          return Object.assign(request, { body: next?.body, headers: next?.headers })
        }
      }
    ]
  })
  const answers = Object.keys(result.statusCodeStats ?? {})
  if (result.errors > 0 || answers.some((code) => code !== '200' && code !== '503'))
    throw new Error(`${origin}: ${result.errors} webhooks without an answer; answers ${answers.join(', ')}`)
  return result
}

/** A plain loop of single-row INSERTs, each committed, over one connection: rows per second. */
export async function measureInsertLoop(databaseUrl: string, seconds: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('CREATE TABLE IF NOT EXISTS bench_loop (id bigint GENERATED ALWAYS AS IDENTITY, body text)')
  const { body } = webhook(1, 'スタンプ')
  const endMs = performance.now() + seconds * 1_000
  let rows = 0
  while (performance.now() < endMs) {
    await client.query('INSERT INTO bench_loop (body) VALUES ($1)', [body])
    rows += 1
  }
  await client.query('DROP TABLE bench_loop')
  await client.end()
  return rows / seconds
}
