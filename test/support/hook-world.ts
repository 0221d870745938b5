import { join } from 'node:path'
import { Hono } from 'hono'
import type { Config } from '../../src/config.ts'
import { readDefinitionFiles } from '../../src/features/definitions/files.ts'
import { type DefinitionFile, publishFiles } from '../../src/features/definitions/index.ts'
import { eventsFeature } from '../../src/features/events/index.ts'
import { hookDefinitions, hooksFeature } from '../../src/features/hooks/index.ts'
import { eraseCustomer, shareExport } from '../../src/features/privacy/index.ts'
import type { PrivacyPort } from '../../src/features/rights/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature, HttpEnv } from '../../src/platform/feature.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { createIntake, timerConsumer } from '../../src/platform/queue/index.ts'
import type { Fact } from '../../src/platform/work.ts'
import { HOOK_SECRETS, type Posted, secretsOf } from './hook-requests.ts'
import { testEngine, testScope } from './queue.ts'

/** A till of the shop's own, which signs by Standard Webhooks. */
export const TILL = `
key: till
verify: { by: standard }
topic: type
zone: Asia/Tokyo
shops: { 吉祥寺: kichijoji }
events:
  - when: { type: sale }
    each: sales
    event: order.completed
    id: item.no
    at: item.at
    shop: item.place
    who: { pos: item.member, phone: item.tel }
    with: { order_id: item.no, amount: { yen: item.total, currency: currency }, note: item.note, via: { value: till } }
`

const CONFIG: Config = {
  ...{
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    timeZone: 'Asia/Tokyo',
    role: 'all',
    sandbox: true
  },
  ...{ dataDir: '', databaseUrl: undefined, encryptionKeys: undefined, hookSecrets: new Map(), writeKeys: [] },
  line: { channelSecret: '', accessToken: '', apiBaseUrl: '', botId: '' },
  slack: { signingSecret: '', botToken: '', apiUrl: '', alertChannel: 'C1' }
}

const FOLDER = join(import.meta.dirname, '../../flows')

/** What customers ask of their data, carried out for real. */
export const REAL_PORT: PrivacyPort = {
  disclose: async (work, id, by) => `http://localhost:3000${(await shareExport(work, id, by)).path}`,
  erase: async (work, id, by) => void (await eraseCustomer(work, id, by))
}

interface Changes {
  readonly nowMs?: () => number
  readonly till?: string
  /** Rooms beside it. */
  readonly more?: readonly Feature[]
}

/** The room alone: its route, the inbox, and a listener that hears what was told. */
export async function hookWorld(db: Database, changes: Changes = {}) {
  const scope = testScope(db)
  const shipped = readDefinitionFiles(FOLDER).filter(({ path }) => path.startsWith('hooks/'))
  const publish = async (...files: readonly DefinitionFile[]) => {
    const result = await publishFiles(db, { kinds: hookDefinitions, files, at: scope.at })
    if (!result.ok) throw new Error(JSON.stringify(result.faults))
  }
  await publish(...shipped, { path: 'hooks/till.yaml', text: changes.till ?? TILL })
  const heard: Fact[] = []
  const hear = async (_: unknown, fact: Fact) => void heard.push(fact)
  const names = ['order.completed', 'order.refunded', 'subscription.started', 'subscription.cancelled', 'visit']
  const feature = hooksFeature(REAL_PORT, changes.nowMs ? { nowMs: changes.nowMs } : {})
  const listener: Feature = { name: 'listener', on: Object.fromEntries(names.map((name) => [name, hear])) }
  const features = [feature, eventsFeature, listener, ...(changes.more ?? [])]
  const config: Config = { ...CONFIG, hookSecrets: secretsOf(HOOK_SECRETS) }
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const app = new Hono<HttpEnv>()
  feature.webhooks?.(app, { context: { scope, perform, config }, intake: createIntake(db) })
  const engine = testEngine(scope, {
    features,
    consumers: [...features.flatMap(({ inbox = [] }) => inbox), timerConsumer(features)]
  })
  const post = async ({ path, headers, body }: Posted) =>
    (await app.request(path, { method: 'POST', headers, body })).status
  return {
    scope,
    heard,
    config,
    publish,
    engine,
    features,
    post,
    /** Posts each, in order, and works them off; their statuses. */
    async tell(...posted: readonly Posted[]) {
      const statuses: number[] = []
      for (const each of posted) statuses.push(await post(each))
      await engine.drain()
      return statuses
    },
    /** Lets minutes pass, and works off what waited for them. */
    async later(minutes: number) {
      scope.at = new Date(scope.at.getTime() + minutes * 60_000)
      await engine.drain()
    },
    /** What is recorded, oldest first. */
    async events() {
      const rows = await db.prisma.event.findMany({ orderBy: [{ at: 'asc' }, { name: 'asc' }, { sourceId: 'asc' }] })
      return rows.map(({ customerId, name, at, source, sourceId, shop, properties }) => {
        return { customerId, name, at: at.toISOString(), source, sourceId, shop, properties }
      })
    },
    async inbox() {
      const rows = await db.prisma.inbox.findMany({ where: { source: { not: 'fact' } }, orderBy: { id: 'asc' } })
      return rows.map(({ eventId, state, lastError, bodySealed, attempts }) => {
        return { eventId, state, lastError, kept: bodySealed !== '', attempts }
      })
    }
  }
}
