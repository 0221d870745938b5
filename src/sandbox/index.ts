import { join } from 'node:path'
import type { Hono } from 'hono'
import type { LineConfig, SlackConfig } from '../config.ts'
import { localeOf } from '../core/locale.ts'
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/scope.ts'
import { alertChannelOf, castOf, deskOf } from './cast.ts'
import { type Changes, createChanges } from './changes.ts'
import { type BusinessClock, createClock } from './clock.ts'
import { loadDemo } from './demo/load.ts'
import { BOT_ID, createFakes, type Fakes, newSecrets, restoreFakes } from './fakes.ts'
import { createFeed, type Feed } from './feed.ts'
import { readOutbox } from './outbox.ts'
import type { Counter } from './page/state.ts'
import type { Product } from './product.ts'
import { sandboxRoutes } from './routes.ts'
import { loadSandbox, type SandboxFile, sandboxSaver } from './state-file.ts'
import { traveller } from './travel.ts'
import { openWires } from './wires.ts'

export type { BusinessClock } from './clock.ts'
export type { Product } from './product.ts'

const SHOP_NAME = '喫茶またね'

export interface SandboxOptions {
  /** The sandbox remembers itself in sandbox.json here; undefined = in memory, for tests. */
  readonly dataDir: string | undefined
  readonly timeZone: string
  readonly log: Log
}

/** A LINE and a Slack of our own, a clock that moves, and the page to play with them. */
export interface Sandbox {
  /** The fakes, as the channels' part of the product's configuration. */
  readonly line: LineConfig
  readonly slack: SlackConfig
  readonly fakes: Fakes
  /** Business time for the product's scope. */
  readonly clock: BusinessClock
  /** `GET /` and everything below /sandbox/; to be mounted in the product's server. */
  readonly routes: Hono
  /** Tells where the product listens; until then nothing can be sent to it. */
  connect(product: Product): void
  /** Fills a database without customers with the demo shop; answers how many customers were added. */
  loadDemo(db: Database): Promise<number>
  /** Lets go of the open pages, which would keep the product's server from closing. */
  hangUp(): void
  /** Writes down how things stand and closes the fakes' port. */
  close(): Promise<void>
}

/** Starts the fakes on a loopback port of their own, as they were when they were last closed. */
export async function createSandbox({ dataDir, timeZone, log }: SandboxOptions): Promise<Sandbox> {
  const path = dataDir && join(dataDir, 'sandbox.json')
  const { saved, fault } = path ? loadSandbox(path) : { saved: undefined }
  if (fault) log.warn(fault)
  const parts = assemble(saved)
  const { clock, secrets, fakes, feed, changes } = parts
  restoreFakes(fakes, saved, secrets.lineChannelSecret)
  const saver = path ? sandboxSaver(path, () => memoryOf(parts)) : undefined
  saver?.flush()
  for (const fake of [fakes.line, fakes.slack])
    fake.onChange(() => {
      changes.changed()
      saver?.changed()
    })
  const wires = await openWires({ line: fakes.line.fetch, slack: fakes.slack.fetch }, feed)
  parts.origin = wires.origin
  return {
    ...channelsAt(wires.origin, parts),
    fakes,
    clock,
    routes: routesOf(parts, () => saver?.flush()),
    connect(product) {
      parts.product = product
    },
    loadDemo: (db) => {
      const regulars = castOf(secrets.lineChannelSecret)
        .filter(({ regular }) => regular)
        .map(({ userId, displayName, language }) => ({
          lineUserId: userId,
          name: displayName,
          locale: localeOf(language)
        }))
      return loadDemo(db, { now: clock.now(), timeZone, regulars, staff: deskOf(fakes.slack) })
    },
    hangUp: () => changes.end(),
    async close() {
      changes.end()
      saver?.flush()
      await wires.close()
    }
  }
}

interface Parts {
  readonly secrets: SandboxFile['secrets']
  readonly clock: BusinessClock
  readonly feed: Feed
  readonly changes: Changes
  readonly fakes: Fakes
  product: Product | undefined
  origin: string
}

function assemble(saved: SandboxFile | undefined): Parts {
  const secrets = saved?.secrets ?? newSecrets()
  const changes = createChanges()
  const feed = createFeed(changes.changed)
  const clock = createClock(saved?.jumps)
  const where: Pick<Parts, 'product' | 'origin'> = { product: undefined, origin: '' }
  const fakes = createFakes({ secrets, clock, feed, product: () => where.product, origin: () => where.origin })
  return Object.assign(where, { secrets, clock, feed, changes, fakes })
}

function memoryOf({ secrets, clock, fakes }: Parts): SandboxFile {
  return { version: 1, secrets, jumps: [...clock.jumps()], line: fakes.line.snapshot(), slack: fakes.slack.snapshot() }
}

function channelsAt(origin: string, { secrets, fakes }: Parts): Pick<Sandbox, 'line' | 'slack'> {
  return {
    line: {
      channelSecret: secrets.lineChannelSecret,
      accessToken: secrets.lineAccessToken,
      apiBaseUrl: origin,
      botId: BOT_ID
    },
    slack: {
      signingSecret: secrets.slackSigningSecret,
      botToken: secrets.slackBotToken,
      apiUrl: `${origin}/api/`,
      alertChannel: alertChannelOf(fakes.slack)
    }
  }
}

function routesOf(parts: Parts, save: () => void): Hono {
  const { clock, feed, changes, fakes } = parts
  const travel = traveller(clock, async () => parts.product?.tick())
  return sandboxRoutes({
    stage: { ...fakes, clock, shopName: SHOP_NAME, botId: BOT_ID, alertChannel: alertChannelOf(fakes.slack) },
    feed,
    changes,
    counters: () => countersOf(parts.product),
    outbox: async () => (parts.product ? readOutbox(parts.product.db) : []),
    async advance(duration) {
      const moved = await travel(duration)
      save()
      changes.changed()
      return moved
    }
  })
}

/** Their addresses without an origin, so that the page's own frame may show them under whatever name it was opened. */
async function countersOf(product: Product | undefined): Promise<Counter[]> {
  const counters = (await product?.counters()) ?? []
  return counters.map(({ shop, name, url }) => {
    const { pathname, search } = new URL(url)
    return { shop, name: name.ja, nameEn: name.en, url: `${pathname}${search}` }
  })
}
