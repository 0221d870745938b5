/** A whole server in small, to be killed: takes events over HTTP, handles them, sends what they tell. */
import { createServer, type IncomingMessage } from 'node:http'
import { idOf } from '../../src/core/ids.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { portOf } from '../../src/platform/http/index.ts'
import { textMessage } from '../../src/platform/line/text.ts'
import { createRunWork } from '../../src/platform/perform.ts'
import {
  createEngine,
  createIntake,
  DeliveryError,
  type InboxConsumer,
  type Sender
} from '../../src/platform/queue/index.ts'
import type { Scope } from '../../src/platform/scope.ts'
import { ChaosEvent, chaosCipher, inboxEvent, workerSettings } from './contract.ts'

const settings = workerSettings(process.env)
const db = await openDatabase({ databaseUrl: settings.databaseUrl, dataDir: settings.dataDir }, chaosCipher)

const quiet = () => undefined
const scope: Scope = {
  db,
  now: () => new Date(),
  timeZone: 'Asia/Tokyo',
  log: { info: quiet, warn: quiet, error: (message, data) => console.error(message, JSON.stringify(data)) },
  waitUntil: quiet
}

const consumer: InboxConsumer = {
  source: 'chaos',
  async handle(work, row) {
    const event = ChaosEvent.parse(JSON.parse(row.body))
    await work.tx.$executeRaw`INSERT INTO chaos_effect (key, n) VALUES (${event.key}, ${event.n})`
    work.tell(idOf(event.key), [textMessage(row.body)])
  }
}

const sender: Sender = {
  channel: 'line',
  async send(_scope, row, attempt) {
    await attempt('push', () => push(row.id, row.payload))
    return { outcome: 'sent' }
  }
}

async function push(retryKey: string, body: string): Promise<void> {
  const response = await fetch(settings.channelUrl, {
    method: 'POST',
    headers: { 'x-retry-key': retryKey },
    body,
    signal: AbortSignal.timeout(2_000)
  }).catch((cause: unknown) => {
    throw new DeliveryError('no answer', { retry: 'later', answered: false, cause })
  })
  if (response.status >= 500)
    throw new DeliveryError('busy', { retry: 'later', answered: true, status: response.status })
}

const engine = createEngine({
  scope,
  runWork: createRunWork({ scope, features: [] }),
  consumers: [consumer],
  senders: [sender],
  outboxRetry: { firstMs: 50, longestMs: 500, maxAttempts: 10_000, maxUnsureMs: Number.POSITIVE_INFINITY }
})
const intake = createIntake(db, { onStored: engine.wake })

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

const server = createServer(async (request, response) => {
  try {
    await intake.put([inboxEvent(ChaosEvent.parse(await bodyOf(request)))])
    response.writeHead(200).end()
  } catch {
    response.writeHead(503).end()
  }
})

// Whoever hired it is gone: so is its reason to live.
process.once('disconnect', () => process.exit(1))
await engine.start()
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${portOf(server)}\n`)
})
process.once('SIGTERM', async () => {
  server.close()
  server.closeAllConnections()
  await engine.stop(5_000)
  await db.close()
  process.exit(0)
})
