import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { couponDefinitions } from '../../src/features/coupons/index.ts'
import { publishFolder } from '../../src/features/definitions/files.ts'
import { flowsFeature } from '../../src/features/flows/index.ts'
import { hookDefinitions } from '../../src/features/hooks/index.ts'
import { segmentKind } from '../../src/features/segments/index.ts'
import { counterUrls, shopDefinitions } from '../../src/features/shops/index.ts'
import { stampDefinitions } from '../../src/features/stamps/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createScope } from '../../src/platform/settling-scope.ts'
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts'
import type { Stage } from '../support/actors.ts'
import { testCipher } from '../support/database.ts'
import { HOOK_SECRETS } from '../support/hook-requests.ts'
import { recordLog } from '../support/log.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

/** The product's real bundle in workerd, with PostgreSQL behind Hyperdrive and the sandbox's LINE and Slack around it. */
export interface WorkerWorld extends Stage {
  /** A way to the Worker's database from outside it. */
  readonly db: Database
  readonly databaseUrl: string
  /** The cron trigger; answers how it ended. */
  tick(): Promise<string>
  /** What the Worker wrote to its log and has not been taken yet, as one text. */
  takeLog(): string
  close(): Promise<void>
}

const ROOT = join(import.meta.dirname, '../..')
const CIPHER_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`
/** Where wrangler looks for the database behind the binding HYPERDRIVE; its address must hold a password. */
const HYPERDRIVE = 'CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE'
/** Of the real things only Hyperdrive pools connections; and a server's own time zone must make no difference. */
const SETTINGS = ['max_connections=250', 'TimeZone=Asia/Tokyo', 'fsync=off'] as const
const QUIET_MS = 30_000

/** What this machine lacks to run a Worker at all, in words; undefined when it can. */
export function missingForWorkers(): string | undefined {
  const { status, error } = spawnSync(join(ROOT, 'node_modules/.bin/workerd'), ['--version'], { stdio: 'ignore' })
  return status === 0 ? undefined : `workerd does not run here (${error?.message ?? `it ended with ${status}`})`
}

/** A server for it; undefined, and why, where none can be started. */
export async function tryPostgres(): Promise<{ server: PostgresServer } | { missing: string }> {
  try {
    return { server: await startPostgres({ settings: SETTINGS }) }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

/** Starts everything, and publishes from Node what the shop wrote. */
export async function openWorkerWorld(postgres: PostgresServer): Promise<WorkerWorld> {
  const db = await openDatabase({ databaseUrl: postgres.url }, testCipher)
  await publishDefinitions(db)
  const sandbox = await createSandbox({ dataDir: undefined, log: recordLog(), timeZone: 'Asia/Tokyo' })
  const harness = await startWorker(postgres.url, sandbox)
  const { url } = await harness.listen()
  const world: WorkerWorld = {
    origin: url.origin,
    db,
    databaseUrl: postgres.url,
    sandbox,
    settle: () => untilQuiet(db),
    tick: async () => (await harness.getWorker().scheduled({ cron: '* * * * *' })).outcome,
    takeLog() {
      const lines = harness.getLogs().map(({ message }) => message)
      harness.clearLogs()
      return lines.join('\n')
    },
    async close() {
      await harness.close()
      await sandbox.close()
      await db.close()
      await postgres.stop()
    }
  }
  sandbox.connect({
    origin: world.origin,
    db,
    counters: () => counterUrls(db.prisma, db.cipher, world.origin),
    tick: async () => void (await world.tick())
  })
  return world
}

async function startWorker(databaseUrl: string, { line, slack }: Sandbox) {
  process.env[HYPERDRIVE] = databaseUrl
  process.env.WRANGLER_SEND_METRICS = 'false'
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const secrets = {
    PUBLIC_URL: 'https://matane.example.com',
    MATANE_ENCRYPTION_KEYS: CIPHER_KEYS,
    MATANE_HOOK_SECRETS: Object.entries(HOOK_SECRETS)
      .map((entry) => entry.join(':'))
      .join(' '),
    LINE_CHANNEL_SECRET: line.channelSecret,
    LINE_CHANNEL_ACCESS_TOKEN: line.accessToken,
    LINE_API_BASE_URL: line.apiBaseUrl,
    LINE_BOT_ID: line.botId,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    SLACK_ALERT_CHANNEL: slack.alertChannel
  }
  return createTestHarness({ root: ROOT, workers: [{ configPath: 'wrangler.toml', secrets }] })
}

async function publishDefinitions(db: Database): Promise<void> {
  const scope = createScope({ db, log: recordLog(), now: () => new Date(), timeZone: 'Asia/Tokyo' })
  const kinds = [
    ...shopDefinitions,
    ...couponDefinitions,
    ...stampDefinitions,
    ...(flowsFeature.definitions ?? []),
    segmentKind,
    ...hookDefinitions
  ]
  await publishFolder(scope, { kinds, folder: join(ROOT, 'flows') })
}

/** Until nothing is left to be worked off or sent. A click is acknowledged before its work: wait for its effect. */
async function untilQuiet(db: Database): Promise<void> {
  const endMs = performance.now() + QUIET_MS
  for (;;) {
    const [row] = await db.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM inbox WHERE state IN ('ready', 'running'))::int
            + (SELECT count(*) FROM outbox WHERE state IN ('ready', 'running'))::int AS left`
    )
    if (row?.left === 0) return
    if (performance.now() > endMs) throw new Error(`The Worker left ${row?.left} rows of its queue undone`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
