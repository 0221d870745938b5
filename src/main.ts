/** Matane on Node: reads the configuration, wires, serves, ticks the clock, and ends without losing anything. */
import { join } from 'node:path'
import { schedule } from 'node-cron'
import { createMatane, type Matane } from './app.ts'
import { type Config, linksAt, loadConfig, secretsOf, unsetOf } from './config.ts'
import { publishFolder } from './features/definitions/files.ts'
import { syncMenus } from './features/menu/index.ts'
import { counterUrls } from './features/shops/index.ts'
import { checkCustomers } from './platform/db/customers-check.ts'
import { fieldCipher } from './platform/db/index.ts'
import { openKeyRing } from './platform/db/key-ring.ts'
import { openDatabase } from './platform/db/open.ts'
import { createRichMenuClient } from './platform/line/index.ts'
import { createLog } from './platform/log.ts'
import type { Log } from './platform/scope.ts'
import { createScope, type SettlingScope } from './platform/settling-scope.ts'
import { nodePost } from './platform/webhook/node-post.ts'
import type { Sandbox } from './sandbox/index.ts'
import { type Server, serveHttp } from './serve.ts'
import { stopSignal } from './stop-signal.ts'

const GRACE_MS = 8_000
const FLOWS = join(import.meta.dirname, '../flows')

await main().catch((error: unknown) => {
  createLog().error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})

async function main(): Promise<void> {
  const loaded = loadConfig(process.env)
  const sandbox = loaded.sandbox ? await openSandbox(loaded.dataDir, loaded.timeZone) : undefined
  const config: Config = loaded.sandbox ? { ...loaded, ...channelsOf(sandbox) } : loaded
  const log = createLog({ secrets: secretsOf(config) })
  const scope = await openScope(config, { log, now: sandbox?.clock.now ?? (() => new Date()) })
  await checkCustomers(scope.db, config.sandbox ? 'sandbox' : 'real')
  const matane = createMatane(config, scope, { postWebhook: nodePost({ loopback: config.sandbox }) })
  const kinds = matane.features.flatMap((feature) => feature.definitions ?? [])
  await publishFolder(scope, { kinds, folder: FLOWS, unset: unsetOf(config) })
  const server = await serveHttp(sandbox ? withSandbox(matane, sandbox) : matane.fetch, config)
  if (sandbox) await playWith(sandbox, { matane, port: server.port, config })
  const stopClock = config.role === 'web' ? async () => {} : await startWork(matane, log)
  log.info(`Matane is ready: ${config.publicUrl}`, { sandbox: config.sandbox, role: config.role })
  stopOnSignal({ server, matane, scope, sandbox, stopClock })
}

/** The sandbox's code is loaded only when it is asked for. */
async function openSandbox(dataDir: string, timeZone: string): Promise<Sandbox> {
  const { createSandbox } = await import('./sandbox/index.ts')
  return createSandbox({ dataDir, timeZone, log: createLog() })
}

function channelsOf(sandbox: Sandbox | undefined): Pick<Config, 'line' | 'slack'> {
  if (!sandbox) throw new Error('The sandbox was not started')
  return { line: sandbox.line, slack: sandbox.slack }
}

async function openScope(config: Config, { log, now }: { log: Log; now: () => Date }): Promise<SettlingScope> {
  const cipher = fieldCipher(openKeyRing(config, log))
  const onFatal = (error: Error) => {
    log.error('The embedded database has stopped: ending, nothing acknowledged is lost', { error })
    process.exit(1)
  }
  return createScope({
    db: await openDatabase(config, cipher, { log, onFatal, door: 'host' }),
    log,
    now,
    timeZone: config.timeZone,
    linksAt: linksAt(config)
  })
}

function withSandbox(matane: Matane, sandbox: Sandbox): Matane['fetch'] {
  return (request, env) => {
    const { pathname } = new URL(request.url)
    const own = pathname === '/' || pathname.startsWith('/sandbox/')
    return own ? sandbox.routes.fetch(request, env as object) : matane.fetch(request, env)
  }
}

/** As "npm run line -- menu sync" does for a real account. Nobody waits for it. */
async function bringMenus({ context: { scope, config } }: Matane): Promise<void> {
  const { createPainter } = await import('./platform/image/painter.ts')
  const sync = { db: scope.db, client: createRichMenuClient(config.line), paint: createPainter(), now: scope.now() }
  await syncMenus(sync).catch((error: unknown) =>
    scope.log.warn('The menus did not reach the built-in LINE', { error })
  )
}

async function playWith(sandbox: Sandbox, on: { matane: Matane; port: number; config: Config }): Promise<void> {
  const { scope } = on.matane.context
  const added = await sandbox.loadDemo(scope.db)
  if (added > 0) scope.log.info('The demo shop is open', { customers: added })
  sandbox.connect({
    origin: `http://127.0.0.1:${on.port}`,
    db: scope.db,
    counters: () => counterUrls(scope.db.prisma, scope.db.cipher, on.config.publicUrl),
    tick: () => on.matane.tick()
  })
  scope.waitUntil(bringMenus(on.matane))
}

/** Starts working off the queue, and the clock that looks each minute for what is due. */
async function startWork(matane: Matane, log: Log): Promise<() => Promise<void>> {
  await matane.engine.start()
  const tick = () => matane.tick().catch((error: unknown) => log.error('A tick of the clock failed', { error }))
  const clock = schedule('* * * * *', tick, { noOverlap: true })
  return async () => {
    await clock.stop()
    await matane.engine.stop(GRACE_MS)
  }
}

interface Running {
  readonly server: Server
  readonly matane: Matane
  readonly scope: SettlingScope
  readonly sandbox: Sandbox | undefined
  readonly stopClock: () => Promise<void>
}

/** Ends in order on the first signal: no new requests, work in hand finished, data closed. A later one ends at once. */
function stopOnSignal({ server, scope, sandbox, stopClock }: Running): void {
  const stop = async () => {
    scope.log.info('Stopping')
    sandbox?.hangUp()
    await server.close(GRACE_MS)
    await scope.settle(GRACE_MS)
    await stopClock()
    await sandbox?.close()
    await scope.db.close()
    process.exit(0)
  }
  const failed = (error: unknown) => {
    scope.log.error('Stopping failed; what was acknowledged is safe', { error })
    process.exit(1)
  }
  const onSignal = stopSignal({
    stop: () => void stop().catch(failed),
    endNow: () => process.exit(130),
    nowMs: () => performance.now()
  })
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
