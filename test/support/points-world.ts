import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { newId } from '../../src/core/ids.ts'
import { couponDefinitions } from '../../src/features/coupons/index.ts'
import { publishFiles } from '../../src/features/definitions/index.ts'
import { recordFact } from '../../src/features/events/index.ts'
import { openAccount, takeOut } from '../../src/features/points/account.ts'
import { standingOf } from '../../src/features/points/glance.ts'
import { pointsFeature, pointsKind } from '../../src/features/points/index.ts'
import type { PointsDefinition } from '../../src/features/points/rules/definition.ts'
import { spend } from '../../src/features/points/rules/ledger.ts'
import { shopDefinitions } from '../../src/features/shops/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type { Fact } from '../../src/platform/work.ts'
import { testScope } from './queue.ts'

/** Noon of a Saturday in Japan: when the world begins; points were published three weeks before. */
export const NOON = new Date('2026-11-21T12:00:00+09:00')
export const PUBLISHED = new Date('2026-11-01T00:00:00+09:00')
const DAY_MS = 86_400_000

/** The same time of day, that many days after NOON. */
export const daysOn = (days: number) => new Date(NOON.getTime() + days * DAY_MS)

/** What points may be published as. */
export type PointsFile = Partial<Record<keyof PointsDefinition, unknown>>

const shipped = (name: string) => readFileSync(new URL(`../../flows/loyalty/${name}`, import.meta.url), 'utf8')

/** The demo shop's points as they come. */
export const demoPoints = (): PointsFile => parse(shipped('points.yaml'))

/** Plain points: a point for ¥100, 5 for a visit, 300 for the coupon; holding for 30 days. */
const PLAIN: PointsFile = {
  name: { ja: 'ポイント', en: 'Points' },
  earn: [
    { on: 'order.completed', per_yen: 100, points: 1 },
    { on: 'visit', points: 5 }
  ],
  expires: '30d',
  exchange: [{ points: 300, coupon: 'come_back' }]
}

/** Customers with points, and what happens to them. */
export async function pointsWorld(db: Database, change: PointsFile = {}, others: readonly Feature[] = []) {
  const scope = testScope(db, NOON)
  const features = [pointsFeature, ...others]
  const perform = createPerform({ scope, features, onCommit: () => undefined })

  async function publish(definition: PointsFile, at = PUBLISHED) {
    const files = [
      { path: 'loyalty/coupons/come_back.yaml', text: shipped('coupons/come_back.yaml') },
      { path: 'loyalty/shops.yaml', text: shipped('shops.yaml') },
      { path: 'loyalty/points.yaml', text: JSON.stringify(definition) }
    ]
    const done = await publishFiles(db, { kinds: [...couponDefinitions, ...shopDefinitions, pointsKind], files, at })
    if (!done.ok) throw new Error(JSON.stringify(done.faults))
  }
  await publish({ ...PLAIN, ...change })

  /** Records a fact, which happened now unless said otherwise. */
  const fact = (customerId: string, name: string, more: Partial<Fact> = {}) => {
    const told = { customerId, name, at: scope.at, source: 'pos', sourceId: newId(), properties: {}, ...more }
    return perform(`test:${newId()}`, (work) => recordFact(work, told))
  }
  return {
    scope,
    features,
    perform,
    publish,
    fact,
    customer: async () => (await db.prisma.customer.create({ data: { createdAt: NOON } })).id,
    order: (customerId: string, id: string, amount: number, more: Partial<Fact> = {}) =>
      fact(customerId, 'order.completed', { properties: { order_id: id, amount }, ...more }),
    refund: (customerId: string, id: string, amount: number, more: Partial<Fact> = {}) =>
      fact(customerId, 'order.refunded', { properties: { order_id: id, amount }, ...more }),
    /** Spends points as an exchange does; false when there are too few. */
    use: (customerId: string, points: number) =>
      perform(`use:${newId()}`, async (work) => {
        const account = await openAccount(work, customerId)
        const after = account && spend(account.lots, points)
        if (!account || !after) return false
        await takeOut(work, account, { kind: 'exchange', points: -points, cause: work.cause, at: work.now, after })
        return true
      }),
    standing: (customerId: string) => standingOf(db.prisma, customerId, scope.at),
    /** What came and went, oldest first, as "order +12". */
    async ledger(customerId: string): Promise<string[]> {
      const rows = await db.prisma.pointsEntry.findMany({
        where: { customerId },
        orderBy: [{ at: 'asc' }, { id: 'asc' }]
      })
      return rows.map(({ kind, points }) => `${kind} ${points < 0 ? points : `+${points}`}`)
    },
    sums: () => ledgerSums(db)
  }
}

export type PointsWorld = Awaited<ReturnType<typeof pointsWorld>>

/** Of each customer: the ledger's sum, what is left in the lots, and what is owed. */
async function ledgerSums(db: Database) {
  return db.query<{ entries: number; open: number; owed: number; least: number }>(`
    SELECT coalesce(e.sum, 0)::int AS entries, coalesce(l.open, 0)::int AS open, coalesce(l.owed, 0)::int AS owed,
      coalesce(l.least, 0)::int AS least
    FROM (SELECT customer_id, sum(points) FROM points_entry GROUP BY 1) AS e
    FULL JOIN (
      SELECT customer_id, sum(remaining) AS open, sum(owed) AS owed, min(remaining) AS least FROM points_lot GROUP BY 1
    ) AS l USING (customer_id)`)
}
