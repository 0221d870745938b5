import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { customersFeature } from '../../src/features/customers/index.ts'
import { publish } from '../../src/features/definitions/index.ts'
import { eventsFeature, recordEvents, recordFact } from '../../src/features/events/index.ts'
import { tiersFeature } from '../../src/features/tiers/index.ts'
import { keepTiers } from '../../src/features/tiers/keep-tiers.ts'
import { TiersDefinition } from '../../src/features/tiers/rules/definition.ts'
import { changesOf } from '../../src/features/tiers/store/history.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type { Fact, Work } from '../../src/platform/work.ts'
import { lineTurns } from './line-turns.ts'
import { loyaltyFeatures } from './loyalty.ts'
import { testEngine, testScope } from './queue.ts'

const name = (en: string) => ({ ja: en, en })

/** Three tiers that a few visits reach; a year, kept a year, a month of grace. */
export const RULES = {
  window: '12 months',
  keep: '12 months',
  grace: '30d',
  tiers: [
    { key: 'regular', name: { ja: 'レギュラー', en: 'Regular' }, colour: '#6b625c' },
    {
      key: 'silver',
      name: { ja: 'シルバー', en: 'Silver' },
      colour: '#56677d',
      reach: { visits: 3, spend_yen: 10_000 }
    },
    {
      ...{ key: 'gold', name: { ja: 'ゴールド', en: 'Gold' }, colour: '#8a6414', gift: 'cake' },
      reach: { spend_yen: 30_000, visits: 10 }
    }
  ]
}
const CAKE = { key: 'cake', title: name('Cake'), note: name('One piece.'), valid_for: '60d' }

/** Customers with tiers on a real database: what they do, what is told to them, and time that passes. */
export async function tierWorld(db: Database, others: readonly Feature[] = []) {
  const scope = testScope(db, new Date('2026-11-21T12:00:00+09:00'))
  const loyalty = loyaltyFeatures(() => scope.at)
  const features = [eventsFeature, customersFeature, ...loyalty, ...others, tiersFeature]
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const engine = testEngine(scope, { features, consumers: features.flatMap(({ inbox = [] }) => inbox) })
  let made = 0
  const next = () => {
    made += 1
    return `test:${made}`
  }
  const inWork = <T>(work: (work: Work) => Promise<T>) => perform(next(), work)
  const factOf = (customerId: string, event: string, more: Partial<Fact> = {}): Fact => ({
    ...{ customerId, name: event, at: scope.now(), source: 'test', sourceId: next(), properties: {} },
    ...more
  })

  const world = {
    ...{ db, scope, inWork, factOf, turns: lineTurns(scope, features) },
    /** Publishes tiers and lets everybody be placed by them. */
    async publish(change: object = {}): Promise<void> {
      const body = TiersDefinition.parse({ ...RULES, ...change })
      const at = scope.now()
      await db.transaction(async (tx) => {
        await publish(tx, { kind: 'coupon', key: 'cake', body: CAKE, at })
        await publish(tx, { kind: 'tiers', key: 'tiers', body, at })
      })
      await world.keep()
    },
    /** What the clock does, and all that comes of it. */
    async keep(): Promise<void> {
      if (!(await keepTiers({ scope, perform, isOver: () => false }))) throw new Error('Not all was done')
      await engine.drain()
    },
    async customer(locale = 'ja'): Promise<string> {
      return (await db.prisma.customer.create({ data: { locale, createdAt: scope.now() } })).id
    },
    /** Facts at once, each told to everybody, as at a counter. */
    async tell(...facts: Fact[]): Promise<void> {
      for (const fact of facts) await inWork((work) => recordFact(work, fact))
      await engine.drain()
    },
    /** Facts in one batch, as tills send them. */
    async send(...facts: Fact[]): Promise<void> {
      await inWork((work) => recordEvents(work, facts))
      await engine.drain()
    },
    visits: (customerId: string, count: number, more: Partial<Fact> = {}): Fact[] =>
      Array.from({ length: count }, () => factOf(customerId, 'visit', more)),
    order: (customerId: string, amount: number, more: Partial<Fact> = {}): Fact => {
      const properties = { order_id: next(), amount }
      return factOf(customerId, 'order.completed', { properties, ...more })
    },
    /** Moves business time to noon of a day in Japan, and lets the clock do its work. */
    async travelTo(day: string): Promise<void> {
      scope.at = new Date(`${day}T12:00:00+09:00`)
      await world.keep()
    },
    tierOf: async (customerId: string) => (await db.prisma.customerTier.findUnique({ where: { customerId } }))?.tier,
    history: async (customerId: string) =>
      (await changesOf(db.prisma, customerId)).map(({ before, tier, reason }) => `${before} > ${tier}: ${reason}`),
    /** What was told of changes: the directions, in order. */
    told: async (customerId: string) =>
      (await db.prisma.event.findMany({ where: { customerId, name: 'tier.changed' }, orderBy: { at: 'asc' } })).map(
        ({ properties }) => properties
      ),
    gifts: (customerId: string) => db.prisma.couponGrant.count({ where: { customerId, coupon: 'cake' } })
  }
  return world
}

/** The tiers of the demo shop. */
export function shippedTiers(): TiersDefinition {
  return TiersDefinition.parse(parse(readFileSync(new URL('../../flows/loyalty/tiers.yaml', import.meta.url), 'utf8')))
}
