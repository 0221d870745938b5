import { createMatane, type Matane } from './app.ts'
import { type LoadedConfig, linksAt, loadConfig, secretsOf } from './config.ts'
import { consoleLog } from './platform/console-log.ts'
import { checkCustomers } from './platform/db/customers-check.ts'
import { fieldCipher } from './platform/db/index.ts'
import { checkKeys } from './platform/db/key-check.ts'
import { openServer } from './platform/db/open-server.ts'
import { parseKeys } from './platform/db/parse-keys.ts'
import { checkUtc } from './platform/db/utc.ts'
import { createScope } from './platform/settling-scope.ts'
import { createDirectoryMemory } from './platform/slack/directory.ts'

/** What Cloudflare hands us; three shapes, so that Workers' own global types need not clash with Node's. */
interface Env {
  /** PostgreSQL through Hyperdrive, with its query cache off. */
  readonly HYPERDRIVE?: { readonly connectionString: string }
  readonly [variable: string]: unknown
}
interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
}

/** A request may have six connections open at once (Workers' limit): the rest is for calls to LINE and Slack. */
const CONNECTIONS = 4
/**
 * Calls wait for the connections that are left, and their time-outs with them: more events in hand at once would only
 * let one another's calls fail, and each holds memory of the 128 MB that all requests of an isolate share.
 */
const AT_ONCE = { eventsAtOnce: 4, messagesAtOnce: 2 } as const
/** Workers ends background work about 30 s after the answer. */
const SETTLE_MS = 20_000

interface Opened {
  readonly matane: Matane
  /** Ends the request's work: what went on in the background, with `workOff` what it led to, then the database. */
  finish(how: { workOff: boolean }): Promise<void>
}

/** Kept from request to request: a click need not ask Slack again who we are and whether the channel is shared. */
const slackMemory = createDirectoryMemory()

/** Everything anew for each request: a database connection must not be shared between the requests of a Worker. */
function open(env: Env): Opened {
  const config = productionConfig(env)
  const log = consoleLog(secretsOf(config))
  const db = openServer(config.databaseUrl ?? '', fieldCipher(keyRing(config)), {
    maxConnections: CONNECTIONS,
    pooled: true,
    log
  })
  const scope = createScope({ db, log, now: () => new Date(), timeZone: config.timeZone, linksAt: linksAt(config) })
  const matane = createMatane(config, scope, { ...AT_ONCE, slackMemory })
  return {
    matane,
    async finish({ workOff }) {
      // A click's work goes on after its answer, and only then is there a card to show.
      await scope.settle(SETTLE_MS)
      // What is not done here is done by the next request or the next minute.
      if (workOff && config.role !== 'web')
        await matane.engine.drain().catch((error: unknown) => log.error('Work was left for later', { error }))
      await scope.settle(SETTLE_MS)
      await db.close()
    }
  }
}

/** Whether this isolate has seen that its database takes times and keys as it should; no connection, only the finding. */
let isProven = false

/** What Node makes sure of at its start. Throws with what to do; until then nothing is taken in. */
async function prove({ context: { scope } }: Matane): Promise<void> {
  if (isProven) return
  await checkUtc(scope.db)
  await checkKeys(scope.db)
  await checkCustomers(scope.db, 'real')
  isProven = true
}

/** The product's answer; 503 (LINE and Slack tell it again) as long as the database is not what it must be. */
async function answer(matane: Matane, request: Request): Promise<Response> {
  if (new URL(request.url).pathname !== '/healthz') {
    const fault = await prove(matane).then(
      () => undefined,
      (error: unknown) => ({ error })
    )
    if (fault) {
      matane.context.scope.log.error('Nothing is taken in: the database is not ready for this Worker', fault)
      return new Response('Not ready', { status: 503 })
    }
  }
  return matane.fetch(request)
}

function productionConfig(env: Env) {
  const config: LoadedConfig = loadConfig({ ...env, DATABASE_URL: env.HYPERDRIVE?.connectionString })
  if (config.sandbox) throw new Error('The sandbox runs on Node only: set the LINE and Slack credentials as secrets')
  return config
}

/** The same answer, and when the last of it left, or whoever asked went away: what is read meanwhile needs the database. */
function untilWritten(answer: Response): { readonly response: Response; readonly written: Promise<void> } {
  if (!answer.body) return { response: answer, written: Promise.resolve() }
  const { readable, writable } = new TransformStream()
  const written = answer.body.pipeTo(writable).catch(() => undefined)
  return { response: new Response(readable, answer), written }
}

type ProductionConfig = ReturnType<typeof productionConfig>

function keyRing(config: ProductionConfig) {
  const parsed = parseKeys(config.encryptionKeys ?? [])
  if (!parsed.ok) throw new Error(`MATANE_ENCRYPTION_KEYS: ${parsed.problem}. A Worker has no disk to keep a key on`)
  return parsed.ring
}

// biome-ignore lint/style/noDefaultExport: the form of a Worker
export default {
  /** Answers, and works off in the background what the request brought. */
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { matane, finish } = open(env)
    let written = Promise.resolve()
    try {
      const answered = untilWritten(await answer(matane, request))
      written = answered.written
      return answered.response
    } finally {
      context.waitUntil(written.then(() => finish({ workOff: request.method === 'POST' })))
    }
  },

  /** The clock: a cron trigger each minute. */
  async scheduled(_event: unknown, env: Env): Promise<void> {
    const { matane, finish } = open(env)
    try {
      if (matane.context.config.role === 'web') return
      await prove(matane)
      await matane.tick()
    } finally {
      await finish({ workOff: false })
    }
  }
}
