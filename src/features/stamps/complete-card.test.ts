import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysLater, NOON, stampCounter } from '../../../test/support/stamp-counter.ts'
import { validCoupons } from '../coupons/store/coupons.ts'

const db = useDatabase()

describe('a full card', () => {
  test('grants one coupon on the tenth stamp, and a new empty card begins', async () => {
    const { customer, stamp, facts } = await stampCounter(db())
    const id = await customer()
    for (let day = 0; day < 9; day += 1) expect((await stamp(id, { at: daysLater(day) })).first?.coupons).toEqual([])
    const { first } = await stamp(id, { at: daysLater(9), shop: 'kamakura' })
    expect(first?.card.stamps).toHaveLength(10)
    expect(first).toMatchObject({
      coupons: [
        {
          serial: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
          terms: { key: 'free-drink' },
          expiresAt: new Date('2027-01-30T00:00:00+09:00')
        }
      ],
      completed: [1],
      nextCard: { number: 2, stamps: [], expiresAt: new Date('2027-12-01T00:00:00+09:00') }
    })
    expect(facts.slice(-4).map(({ name }) => name)).toEqual([
      'visit',
      'stamp.granted',
      'stamp_card.completed',
      'coupon.granted'
    ])
    expect(await db().prisma.couponGrant.findMany()).toMatchObject([{ customerId: id, coupon: 'free-drink' }])
    const cards = await db().prisma.stampCard.findMany({ orderBy: { number: 'asc' } })
    expect(cards).toMatchObject([
      { number: 1, completedAt: daysLater(9) },
      { number: 2, completedAt: null }
    ])
  })

  test('reached by 20 at once is completed once', async () => {
    const { customer, stamp } = await stampCounter(db(), { goal: 2 })
    const id = await customer()
    await stamp(id)
    const tries = Array.from({ length: 20 }, (_, index) =>
      stamp(id, { at: daysLater(1), realMs: NOON.getTime() + index * 30_000 })
    )
    await Promise.all(tries)
    expect(await db().prisma.couponGrant.count()).toBe(1)
    expect(await db().prisma.stampCard.count()).toBe(2)
  })

  test('keeps its promise when the shop has changed the card meanwhile', async () => {
    const { customer, stamp, publish } = await stampCounter(db(), { goal: 2 })
    const id = await customer()
    await stamp(id)
    await publish({ goal: 5 })
    const { first } = await stamp(id, { at: daysLater(1) })
    expect(first?.nextCard?.definition.goal).toBe(5)
  })
})

test('a coupon holds through its last day in Japan, and not a moment longer', async () => {
  const { customer, stamp } = await stampCounter(db(), { goal: 1 })
  const id = await customer()
  const { first } = await stamp(id)
  const end = new Date('2027-01-21T00:00:00+09:00')
  expect(first?.coupons[0]?.expiresAt).toEqual(end)
  const at = (ms: number) => validCoupons(db().prisma, id, { at: new Date(end.getTime() + ms), limit: 10 })
  expect([(await at(-1)).length, (await at(0)).length]).toEqual([1, 0])
})

describe('a card that runs out', () => {
  test('holds through its last day in Japan, and is replaced after midnight by a card with the new stamp', async () => {
    const { customer, stamp } = await stampCounter(db(), { expires: '10d' })
    const [early, late] = [await customer(), await customer()]
    for (const id of [early, late]) await stamp(id, { at: NOON })
    const held = await stamp(early, { at: new Date('2026-12-01T23:59:59.999+09:00') })
    expect(held.first).toMatchObject({ card: { number: 1, stamps: { length: 2 } }, replacesExpired: false })
    const replaced = await stamp(late, { at: new Date('2026-12-02T00:00:00+09:00') })
    expect(replaced.first).toMatchObject({ card: { number: 2, stamps: { length: 1 } }, replacesExpired: true })
  })

  test('never does when the shop sets no end', async () => {
    const { customer, stamp } = await stampCounter(db(), { expires: undefined })
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { at: daysLater(4000) })).first).toMatchObject({
      card: { number: 1 },
      replacesExpired: false
    })
  })
})

describe('whatever happens, in whatever order', () => {
  test('places are 1 to n without a gap on every card, a coupon for each full card, one stamp a day', async () => {
    const visits = fc.array(fc.record({ days: fc.integer({ min: 0, max: 3 }), again: fc.boolean() }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(visits, fc.integer({ min: 1, max: 4 }), async (plan, goal) => {
        await db().query('TRUNCATE customer, definition, shop, stamp_card, stamp, coupon_grant CASCADE')
        const { customer, stamp } = await stampCounter(db(), { goal, expires: '5d' })
        const id = await customer()
        let day = 0
        for (const { days, again } of plan) {
          day += days
          const realMs = NOON.getTime() + day * 86_400_000
          await Promise.all([
            stamp(id, { at: daysLater(day), realMs }),
            ...(again ? [stamp(id, { at: daysLater(day), realMs })] : [])
          ])
        }
        const cards = await db().prisma.stampCard.findMany({ include: { stamps: { orderBy: { position: 'asc' } } } })
        for (const card of cards) {
          expect(card.stamps.map(({ position }) => position)).toEqual(card.stamps.map((_, index) => index + 1))
          expect(card.completedAt !== null).toBe(card.stamps.length === goal)
        }
        const full = cards.filter(({ completedAt }) => completedAt).length
        expect(await db().prisma.couponGrant.count()).toBe(full)
        const days = (await db().prisma.stamp.findMany()).map(({ grantedAt }) => grantedAt.getTime())
        expect(new Set(days).size).toBe(days.length)
        expect(cards.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(cards.map((_, index) => index + 1))
      }),
      { numRuns: 15 }
    )
  })
})
