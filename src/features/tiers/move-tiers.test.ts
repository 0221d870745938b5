import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { tierWorld } from '../../../test/support/tier-world.ts'
import { recordEvents } from '../events/index.ts'

const db = useDatabase()

async function setUp() {
  const world = await tierWorld(db())
  await world.publish()
  return { world, hanako: await world.customer() }
}

describe('a tier is reached at once', () => {
  test('with the visit that was missing, and everybody is told once', async () => {
    const { world, hanako } = await setUp()
    await world.tell(...world.visits(hanako, 2))
    expect(await world.tierOf(hanako)).toBeUndefined()
    const [third] = world.visits(hanako, 1)
    if (third) await world.tell(third, third)
    expect(await world.tierOf(hanako)).toBe('silver')
    expect(await world.told(hanako)).toEqual([{ from: 'regular', to: 'silver', direction: 'up', number: 1 }])
    expect(await world.history(hanako)).toEqual(['null > silver: reached'])
  })

  test('by a batch of a till, over a tier too, for each customer in it', async () => {
    const { world, hanako } = await setUp()
    const [emma, ken] = [await world.customer('en'), await world.customer()]
    await world.send(world.order(hanako, 12_000), world.order(emma, 31_000), ...world.visits(ken, 2))
    expect(await Promise.all([hanako, emma, ken].map(world.tierOf))).toEqual(['silver', 'gold', undefined])
    expect(await world.told(emma)).toMatchObject([{ from: 'regular', to: 'gold' }])
  })

  test('twice in a day: both changes are kept, in their order', async () => {
    const { world, hanako } = await setUp()
    await world.tell(world.order(hanako, 10_000), world.order(hanako, 20_000))
    expect(await world.history(hanako)).toEqual(['null > silver: reached', 'silver > gold: reached'])
    expect(await world.told(hanako)).toMatchObject([
      { number: 1, to: 'silver' },
      { number: 2, to: 'gold' }
    ])
  })

  test('by what lies within the window in the shop’s days, and not a day longer', async () => {
    const { world, hanako } = await setUp()
    const emma = await world.customer()
    // 12 months to 21 November 2026 begin with the midnight of 22 November 2025 in Japan.
    const [within, before] = [new Date('2025-11-21T15:00:00Z'), new Date('2025-11-21T14:59:59Z')]
    await world.tell(...world.visits(hanako, 1, { at: within }), ...world.visits(hanako, 2))
    await world.tell(...world.visits(emma, 1, { at: before }), ...world.visits(emma, 2))
    expect(await Promise.all([hanako, emma].map(world.tierOf))).toEqual(['silver', undefined])
  })

  test('once, when forty facts come at one time', async () => {
    const { world, hanako } = await setUp()
    const facts = world.visits(hanako, 40)
    await Promise.all(facts.map((fact) => world.inWork((work) => recordEvents(work, [fact]))))
    await world.keep()
    expect(await world.history(hanako)).toEqual(['null > silver: reached', 'silver > gold: reached'])
    expect(await world.gifts(hanako)).toBe(1)
  })
})

test('a refund takes no tier away, and counts at its end', async () => {
  const { world, hanako } = await setUp()
  await world.tell(world.order(hanako, 12_000))
  const refund = { order_id: 'x', amount: 12_000 }
  await world.tell(world.factOf(hanako, 'order.refunded', { properties: refund }))
  expect(await world.tierOf(hanako)).toBe('silver')
  await world.tell(world.order(hanako, 9_000, { at: new Date('2027-03-01T00:00:00Z') }))
  await world.travelTo('2027-11-21')
  await world.travelTo('2027-12-20')
  expect(await world.tierOf(hanako)).toBe('silver')
  await world.travelTo('2027-12-21')
  expect(await world.history(hanako)).toEqual(['null > silver: reached', 'silver > regular: ended'])
})

describe('history that comes late', () => {
  test('gives the tier, and neither message nor gift', async () => {
    const { world, hanako } = await setUp()
    await world.send(world.order(hanako, 40_000, { at: new Date('2026-08-01T00:00:00Z') }))
    expect(await world.history(hanako)).toEqual(['null > gold: rules'])
    expect([await world.told(hanako), await world.gifts(hanako)]).toEqual([[], 0])
  })

  test('before there were tiers places everybody when they are published', async () => {
    const world = await tierWorld(db())
    const hanako = await world.customer()
    await world.send(world.order(hanako, 40_000))
    expect(await world.tierOf(hanako)).toBeUndefined()
    await world.publish()
    expect(await world.history(hanako)).toEqual(['null > gold: rules'])
    expect([await world.told(hanako), await world.gifts(hanako)]).toEqual([[], 0])
  })

  test('of an import that tells nobody is seen the next day', async () => {
    const { world, hanako } = await setUp()
    const { cipher } = db()
    const bare = { cipher, now: world.scope.now(), timeZone: 'Asia/Tokyo' }
    await db().transaction((tx) => recordEvents({ ...bare, tx }, [world.order(hanako, 40_000)]))
    expect(await world.tierOf(hanako)).toBeUndefined()
    await world.travelTo('2026-11-22')
    expect(await world.history(hanako)).toEqual(['null > gold: rules'])
  })
})

describe('a gift', () => {
  test('comes on reaching its tier, and is shown', async () => {
    const { world, hanako } = await setUp()
    await world.tell(world.order(hanako, 30_000))
    expect(await world.gifts(hanako)).toBe(1)
    expect(await db().prisma.outbox.count({ where: { customerId: hanako } })).toBe(1)
  })

  test('comes once in 12 months, and again after them', async () => {
    const { world, hanako } = await setUp()
    await world.publish({ keep: '30d', grace: '0d', window: '30d' })
    await world.tell(world.order(hanako, 30_000))
    await world.travelTo('2027-01-10')
    expect(await world.tierOf(hanako)).toBe('regular')
    await world.tell(world.order(hanako, 30_000))
    expect([await world.tierOf(hanako), await world.gifts(hanako)]).toEqual(['gold', 1])
    await world.travelTo('2027-12-01')
    await world.tell(world.order(hanako, 30_000))
    expect([await world.tierOf(hanako), await world.gifts(hanako)]).toEqual(['gold', 2])
  })
})

test('without tiers nothing is kept and nothing asked', async () => {
  const world = await tierWorld(db())
  const hanako = await world.customer()
  await world.tell(world.order(hanako, 90_000))
  await world.keep()
  expect([await world.tierOf(hanako), await world.history(hanako)]).toEqual([undefined, []])
})
