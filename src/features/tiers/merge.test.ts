import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { tierWorld } from '../../../test/support/tier-world.ts'
import { eventsFeature } from '../events/index.ts'
import { mergeCustomers } from '../merge/merge-customers.ts'
import { undoMerge } from '../merge/undo-merge.ts'
import { tiersAsOf, tiersFeature } from './index.ts'
import { countAsOf } from './store/history.ts'

const db = useDatabase()
const ROOMS = [eventsFeature, tiersFeature]
const by = { kind: 'staff', id: 'U1' } as const

/** Somebody who is gold since June, and their other account, silver since August. */
async function setUp() {
  const world = await tierWorld(db())
  await world.publish()
  const [gold, silver] = [await world.customer(), await world.customer()]
  await world.travelTo('2026-06-01')
  await world.tell(world.order(gold, 30_000))
  await world.travelTo('2026-08-01')
  await world.tell(world.order(silver, 10_000))
  await world.travelTo('2026-11-21')
  const asOf = async (id: string, day: string) =>
    (await tiersAsOf(db().prisma, [id], new Date(`${day}T23:59:59+09:00`))).get(id)
  const merge = async (from: string, into: string) => {
    const merged = await world.inWork((work) => mergeCustomers(work, ROOMS, { from, into, reason: 'staff', by }))
    if (!merged.ok) throw new Error(merged.kind)
    return merged.value.id
  }
  const rows = () => Promise.all([db().prisma.customerTier.findMany(ORDER), db().prisma.tierChange.findMany(ORDER)])
  return { world, gold, silver, asOf, merge, rows }
}
const ORDER = { orderBy: { customerId: 'asc' } } as const

test('the better tier stays, with both histories, whoever of the two stays', async () => {
  const { world, gold, silver, asOf, merge } = await setUp()
  await merge(gold, silver)
  expect(await db().prisma.customerTier.findMany()).toMatchObject([
    { customerId: silver, tier: 'gold', since: new Date('2026-06-01'), keptUntil: new Date('2027-06-01') }
  ])
  expect(await world.history(silver)).toEqual([
    'null > gold: reached',
    'null > silver: reached',
    'silver > gold: merged',
    'gold > gold: merged'
  ])
  expect(
    await Promise.all(['2026-05-31', '2026-06-01', '2026-08-01', '2026-11-21'].map((day) => asOf(silver, day)))
  ).toEqual([undefined, 'gold', 'gold', 'gold'])
})

test('as of a day after the merge the one who stays counts alone', async () => {
  const { world, gold, silver, asOf, merge } = await setUp()
  await merge(gold, silver)
  await world.travelTo('2027-06-01')
  await world.travelTo('2027-07-01')
  expect(await world.tierOf(silver)).toBe('silver')
  expect([await asOf(silver, '2027-06-30'), await asOf(silver, '2027-07-01')]).toEqual(['gold', 'silver'])
  expect([...(await countAsOf(db().prisma, world.scope.at))]).toEqual([['silver', 1]])
})

test('a better tier of the one who stays is left as it is', async () => {
  const { gold, silver, asOf, merge } = await setUp()
  await merge(silver, gold)
  expect(await db().prisma.customerTier.findMany()).toMatchObject([{ customerId: gold, tier: 'gold' }])
  expect([await asOf(gold, '2026-05-31'), await asOf(gold, '2026-11-21')]).toEqual([undefined, 'gold'])
})

test('a tier comes over to somebody who had none', async () => {
  const { world, gold, asOf, merge } = await setUp()
  const other = await world.customer()
  await merge(gold, other)
  expect([await world.tierOf(other), await asOf(other, '2026-11-21')]).toEqual(['gold', 'gold'])
})

test.each(['gold', 'silver'] as const)('undone, every row is what and whose it was: %s comes over', async (from) => {
  const { world, merge, rows, ...people } = await setUp()
  const before = await rows()
  const id = await merge(people[from], people[from === 'gold' ? 'silver' : 'gold'])
  expect(await rows()).not.toEqual(before)
  expect(await world.inWork((work) => undoMerge(work, ROOMS, { id, by }))).toMatchObject({ ok: true })
  expect(await rows()).toEqual(before)
})
