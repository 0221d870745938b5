import { type ServerType, serve } from '@hono/node-server'
import { afterEach } from 'vitest'
import { customerPort, customersFeature } from '../../src/features/customers/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import {
  createLineClient,
  createThrottle,
  type LineClient,
  type LineHandlers,
  type LineMessage,
  lineConsumer,
  lineSender,
  receiveLine
} from '../../src/platform/line/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { createIntake, type Engine } from '../../src/platform/queue/index.ts'
import type { Notice } from '../../src/platform/slack/index.ts'
import type { ReplyToken } from '../../src/platform/work.ts'
import { createFakeLine, type FakeLine, type Person } from '../../src/sandbox/line/index.ts'
import { type TestScope, testEngine, testScope } from './queue.ts'

const ACCESS_TOKEN = 'access-token'
const CHANNEL_SECRET = 'channel-secret'
/** Long enough for a busy machine; a test that lets calls hang sets its own. */
const CALL_TIMEOUT_MS = 10_000
/** What failed waits long: `settle` decides when it is tried again. */
const PATIENT = { firstMs: 3_600_000, longestMs: 3_600_000, maxAttempts: 100, maxUnsureMs: Number.POSITIVE_INFINITY }

/** The fake LINE on a real port, and the real road from its webhooks to its API. */
export interface LineWorld {
  readonly line: FakeLine
  readonly client: LineClient
  readonly scope: TestScope
  readonly engine: Engine
  readonly notices: Notice[]
  /** Real time, for both sides; assign to travel. */
  realNow: Date
  /** Lets `seconds` of real time pass. */
  pass(seconds: number): void
  /** Someone who follows the account, with the webhook handled. */
  friend(displayName?: string): Promise<Person & { customerId: string }>
  /** A unit of work that tells a customer something. */
  tell(customerId: string, messages: readonly LineMessage[], reply?: ReplyToken): Promise<void>
  /** Works until nothing is due, then makes what waits for another try due and works on, `rounds` times in all. */
  settle(rounds?: number): Promise<void>
  /** State, outcome and number of tries of everything sent to LINE, oldest first. */
  outbox(): Promise<{ state: string; outcome: string | null; attempts: number; lastError: string | null }[]>
  /** The texts on a person's phone that the account sent. */
  heard(userId: string): string[]
  /** Paths of the API calls that send messages: "reply", "push". */
  sends(): string[]
}

/** Use: `const world = await lineWorld(db(), { features })`; closed after the test. */
export async function lineWorld(
  db: Database,
  { features = [], callMs = CALL_TIMEOUT_MS }: { features?: readonly LineHandlers[]; callMs?: number } = {}
): Promise<LineWorld> {
  const scope = testScope(db)
  const rooms: Feature[] = features.map((line, index) => ({ name: `room-${index}`, line }))
  const listening = await listen((request) => line.fetch(request))
  const client = createLineClient(
    { accessToken: ACCESS_TOKEN, apiBaseUrl: listening.url },
    { callMs, profileMs: CALL_TIMEOUT_MS }
  )
  const now = () => world.realNow
  const intake = createIntake(db)
  const line = createFakeLine({
    channelSecret: CHANNEL_SECRET,
    accessToken: ACCESS_TOKEN,
    botId: '@matane',
    now,
    calendar: () => scope.now(),
    deliver: (request) =>
      receiveLine(request, { channelSecret: CHANNEL_SECRET, cipher: db.cipher, log: scope.log, intake, now })
  })
  const notices: Notice[] = []
  const notice = async (told: Notice) => void notices.push(told)
  const customers = customerPort({ scope, fetchProfile: (userId) => client.profile(userId) })
  const perform = createPerform({ scope, features: rooms, onCommit: () => undefined })
  const world: LineWorld = {
    line,
    client,
    scope,
    notices,
    realNow: new Date(),
    engine: testEngine(scope, {
      inboxRetry: PATIENT,
      outboxRetry: PATIENT,
      features: rooms,
      consumers: [lineConsumer({ features: [customersFeature.line ?? {}, ...features], customers, now })],
      senders: [lineSender({ client, throttle: createThrottle(), notice, now })]
    }),
    pass(seconds) {
      world.realNow = new Date(world.realNow.getTime() + seconds * 1000)
    },
    async friend(displayName = '佐藤 花子') {
      const person = line.addPerson({ displayName, language: 'ja' })
      await line.follow(person.userId)
      await world.settle()
      const externalHash = db.cipher.blindIndex('identity.external', person.userId)
      const { customerId } = await db.prisma.identity.findFirstOrThrow({ where: { externalHash } })
      return { ...person, customerId }
    },
    tell: (customerId, messages, reply) =>
      perform(crypto.randomUUID(), async (work) => {
        if (reply) work.replyWith(customerId, reply)
        work.tell(customerId, messages)
      }),
    async settle(rounds = 1) {
      await world.engine.drain()
      for (let round = 1; round < rounds; round += 1) {
        await db.query(`UPDATE outbox SET run_at = now() WHERE state = 'ready'`)
        await db.query(`UPDATE inbox SET run_at = now() WHERE state = 'ready'`)
        await world.engine.drain()
      }
    },
    outbox: () =>
      db.prisma.outbox.findMany({
        where: { channel: 'line' },
        orderBy: { seq: 'asc' },
        select: { state: true, outcome: true, attempts: true, lastError: true }
      }),
    heard: (userId) =>
      line
        .chat(userId)
        .flatMap(({ from, message }) => (from === 'account' ? [String(message.text ?? message.altText)] : [])),
    sends: () => line.calls().flatMap(({ path }) => /message\/(reply|push)$/.exec(path)?.[1] ?? [])
  }
  return world
}

/** A fetch handler on a port of its own, closed after the test. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>
): Promise<{ url: string; server: ServerType }> {
  const listening = await new Promise<{ url: string; server: ServerType }>((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}`, server })
    )
  })
  open.add(listening.server)
  return listening
}

const open = new Set<ServerType>()
afterEach(() => {
  for (const server of open) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  }
  open.clear()
})
