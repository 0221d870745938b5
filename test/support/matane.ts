import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createMatane, type Matane } from '../../src/app.ts'
import { type Config, linksAt } from '../../src/config.ts'
import { publishFolder } from '../../src/features/definitions/files.ts'
import { counterUrls } from '../../src/features/shops/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createScope, type SettlingScope } from '../../src/platform/settling-scope.ts'
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts'
import { type Server, serveHttp } from '../../src/serve.ts'
import { HOOK_SECRETS, secretsOf } from './hook-requests.ts'
import { recordLog } from './log.ts'

/** Of a shop's server, and of its pages. */
export const WRITE_KEYS = { shop: 'write-key-of-the-shop', site: 'write-key-of-the-site' } as const

/** The whole product over really signed HTTP, with the sandbox's LINE and Slack at the other end. */
export interface World {
  readonly matane: Matane
  readonly sandbox: Sandbox
  readonly origin: string
  readonly log: ReturnType<typeof recordLog>
  /** Waits until everything that was begun is done, and everything that is due is sent. */
  settle(): Promise<void>
  /** Moves business time, doing what falls due. */
  advance(duration: string): Promise<void>
}

/** The fakes take as much as they are told: nothing is gained by waiting for real seconds. */
const UNHURRIED = { burst: 10_000, everyMs: 1, maxWaitMs: 1 }

/** A fresh product for each test of a file: `const world = useMatane(db)` after `const db = useDatabase()`. */
export function useMatane(db: () => Database): () => World {
  let current: { world: World; close: () => Promise<void> } | undefined
  beforeEach(async () => {
    current = await openWorld(db())
  })
  afterEach(async () => {
    await current?.close()
    current = undefined
  }, 2 * SETTLE_MS)
  return () => {
    if (!current) throw new Error('useMatane(): no product outside a test')
    return current.world
  }
}

async function openWorld(db: Database): Promise<{ world: World; close: () => Promise<void> }> {
  const log = recordLog()
  const sandbox = await createSandbox({ dataDir: undefined, log, timeZone: 'Asia/Tokyo' })
  const config = configOf(sandbox)
  const scope = createScope({ db, log, now: sandbox.clock.now, timeZone: 'Asia/Tokyo', linksAt: linksAt(config) })
  const matane = createMatane(config, scope, { slackPace: { posts: UNHURRIED, updates: UNHURRIED } })
  const kinds = matane.features.flatMap((feature) => feature.definitions ?? [])
  await publishFolder(scope, { kinds, folder: join(import.meta.dirname, '../../flows') })
  const server = await serveHttp(withPage(matane, sandbox), { port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${server.port}`
  connect(sandbox, { matane, origin, db })
  const world: World = {
    matane,
    sandbox,
    origin,
    log,
    settle: () => settle(scope, matane),
    async advance(duration) {
      const answer = await fetch(`${origin}/sandbox/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: duration })
      })
      if (!answer.ok) throw new Error(`The clock refused ${duration}: ${await answer.text()}`)
      await settle(scope, matane)
    }
  }
  return { world, close: () => close({ world, scope, server }) }
}

function configOf(sandbox: Sandbox): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    timeZone: 'Asia/Tokyo',
    role: 'all',
    linkUrl: 'https://shop.example.com/line',
    sandbox: true,
    dataDir: '',
    databaseUrl: undefined,
    encryptionKeys: undefined,
    hookSecrets: secretsOf(HOOK_SECRETS),
    writeKeys: [
      { source: 'shop', kind: 'ec', key: WRITE_KEYS.shop },
      { source: 'site', kind: 'browser', key: WRITE_KEYS.site }
    ],
    line: sandbox.line,
    slack: sandbox.slack
  }
}

function withPage(matane: Matane, sandbox: Sandbox): Matane['fetch'] {
  return (request, env) =>
    new URL(request.url).pathname.startsWith('/sandbox/')
      ? sandbox.routes.fetch(request, env as object)
      : matane.fetch(request, env)
}

function connect(sandbox: Sandbox, on: { matane: Matane; origin: string; db: Database }): void {
  sandbox.connect({
    origin: on.origin,
    db: on.db,
    counters: () => counterUrls(on.db.prisma, on.db.cipher, on.origin),
    tick: () => on.matane.tick()
  })
}

/** Less than a test may take, so that it is said what was waited for; a machine that does much else is slow. */
const SETTLE_MS = 50_000

async function settle(scope: SettlingScope, { engine }: Matane): Promise<void> {
  await ended(scope)
  await engine.drain()
  await ended(scope)
}

async function ended(scope: SettlingScope): Promise<void> {
  if (!(await scope.settle(SETTLE_MS))) throw new Error('Background work did not end')
}

async function close({ world, scope, server }: { world: World; scope: SettlingScope; server: Server }): Promise<void> {
  await server.close(1_000)
  // What goes on would find the rows of the next test.
  await scope.settle(SETTLE_MS)
  await world.sandbox.close()
}
