import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { publishLoyalty } from '../../../test/support/loyalty.ts'
import { testScope } from '../../../test/support/queue.ts'
import { newId } from '../../core/ids.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact } from '../../platform/work.ts'
import { giveStamp, type StampGiven } from './give-stamp.ts'
import { loyaltyFeature } from './index.ts'
import { codeAt } from './rules/counter-code.ts'
import type { StampCardDefinition } from './rules/definitions.ts'
import { findShop } from './store.ts'

const db = useDatabase()
const feature = loyaltyFeature({ timeZone: 'Asia/Tokyo' })
const START = new Date('2026-11-21T12:00:00+09:00')
const DAY_MS = 86_400_000

interface Try {
  readonly shop?: string
  /** Business time. */
  readonly at?: Date
  /** Real time: of the code, and of the sending. */
  readonly realMs?: number
  readonly cause?: string
}

async function setUp(change: Partial<StampCardDefinition> = {}, others: readonly Feature[] = []) {
  await publishLoyalty(db(), feature, change)
  const facts: Fact[] = []
  const names = ['visit', 'stamp.granted', 'stamp_card.completed', 'coupon.granted']
  const listener: Feature = {
    name: 'listener',
    on: Object.fromEntries(names.map((name) => [name, async (_work: unknown, fact: Fact) => void facts.push(fact)]))
  }
  const scope = testScope(db(), START)
  const perform = createPerform({ scope, features: [...others, listener], onCommit: () => undefined })
  const customer = async () => (await db().prisma.customer.create({ data: { createdAt: START } })).id
  let realMs = START.getTime()
  /** Each try is a minute later in real time, with a fresh code, unless said otherwise. */
  const stamp = async (
    customerId: string,
    { shop = 'kichijoji', at = scope.at, cause = newId(), ...given }: Try = {}
  ) => {
    realMs += 60_000
    const sentMs = given.realMs ?? realMs
    const secret = (await findShop(db().prisma, db().cipher, shop))?.secret ?? new Uint8Array(32)
    const code = codeAt(shop, secret, sentMs)
    const shown: StampGiven[] = []
    scope.at = at
    const [sentAt, realNow] = [new Date(sentMs), new Date(sentMs)]
    const outcome = await perform(`line:${cause}`, (work) => {
      shown.length = 0
      return giveStamp(work, { customerId, code, sentAt, realNow, timeZone: 'Asia/Tokyo' }, (one) => shown.push(one))
    })
    return { kind: outcome.ok ? 'given' : outcome.kind, outcome, given: outcome.ok ? outcome.value : undefined, shown }
  }
  return { customer, stamp, facts, scope, perform }
}

const later = (days: number) => new Date(START.getTime() + days * DAY_MS)
const stamps = () => db().prisma.stamp.findMany({ orderBy: [{ cardId: 'asc' }, { position: 'asc' }] })

describe('a good code gives one stamp', () => {
  test('on the first card, at its shop, with a visit and the stamp as facts', async () => {
    const { customer, stamp, facts } = await setUp()
    const id = await customer()
    const { given } = await stamp(id, { cause: 'A' })
    expect(given).toMatchObject({
      shop: { id: 'kichijoji' },
      card: { number: 1, stamps: [{ position: 1, shop: 'kichijoji', grantedAt: START }] },
      reward: undefined
    })
    const about = { customerId: id, at: START, source: 'line', shop: 'kichijoji' }
    expect(facts).toEqual([
      { ...about, name: 'visit', sourceId: 'line:A/visit', properties: {} },
      {
        ...about,
        name: 'stamp.granted',
        sourceId: 'line:A/stamp.granted',
        properties: { card: 1, position: 1, goal: 10 }
      }
    ])
    expect(await db().prisma.customerStats.findUnique({ where: { customerId: id } })).toMatchObject({ visits: 1 })
  })

  test('40 tries at once of one code by one customer: one stamp, 39 are told that it is used', async () => {
    const { customer, stamp } = await setUp()
    const id = await customer()
    const realMs = START.getTime()
    const kinds = (await Promise.all(Array.from({ length: 40 }, () => stamp(id, { realMs })))).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['given', ...Array.from({ length: 39 }, () => 'used')])
    expect(await stamps()).toHaveLength(1)
    expect(await db().prisma.event.count()).toBe(2)
  })

  test('40 different good codes at once by one customer: one stamp, as one visit is one stamp', async () => {
    const { customer, stamp } = await setUp()
    const id = await customer()
    const tries = Array.from({ length: 40 }, (_, index) => stamp(id, { realMs: START.getTime() + index * 30_000 }))
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'given')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'too_soon')).toHaveLength(39)
    expect(await stamps()).toHaveLength(1)
  })

  test('the same code serves everybody at the counter', async () => {
    const { customer, stamp } = await setUp()
    const realMs = START.getTime()
    const ids = [await customer(), await customer(), await customer()]
    const kinds = await Promise.all(ids.map(async (id) => (await stamp(id, { realMs })).kind))
    expect(kinds).toEqual(['given', 'given', 'given'])
  })

  test('the same event handled again gives no second stamp, even with another code', async () => {
    const { customer, stamp } = await setUp({ interval: '1m' })
    const id = await customer()
    expect((await stamp(id, { cause: 'A' })).kind).toBe('given')
    expect((await stamp(id, { cause: 'A', at: later(3) })).kind).toBe('used')
    expect(await stamps()).toHaveLength(1)
  })

  test('a listener that fails takes the stamp back, and the code can be sent again', async () => {
    let broken = true
    const faulty: Feature = {
      name: 'faulty',
      on: {
        'stamp.granted': async () => {
          if (broken) throw new Error('no')
        }
      }
    }
    const { customer, stamp } = await setUp({}, [faulty])
    const id = await customer()
    const realMs = START.getTime()
    await expect(stamp(id, { realMs })).rejects.toThrow('no')
    expect(await stamps()).toHaveLength(0)
    broken = false
    expect((await stamp(id, { realMs })).kind).toBe('given')
  })

  test('the card is shown before the facts are told, so that what others say comes after it', async () => {
    const order: string[] = []
    const asks: Feature = { name: 'asks', on: { visit: async () => void order.push('fact') } }
    const { customer, perform } = await setUp({}, [asks])
    const customerId = await customer()
    const secret = (await findShop(db().prisma, db().cipher, 'kamakura'))?.secret ?? new Uint8Array()
    const code = codeAt('kamakura', secret, START.getTime())
    const request = { customerId, code, sentAt: START, realNow: START, timeZone: 'Asia/Tokyo' }
    await perform('line:A', (work) => giveStamp(work, request, () => order.push('card')))
    expect(order).toEqual(['card', 'fact'])
  })
})

describe('no stamp, and the reason', () => {
  test('a second visit on the same day in Japan is too soon, one after midnight is not', async () => {
    const { customer, stamp } = await setUp()
    const id = await customer()
    await stamp(id, { at: new Date('2026-11-21T00:00:00+09:00') })
    const { outcome } = await stamp(id, { at: new Date('2026-11-21T23:59:59.999+09:00') })
    expect(outcome).toEqual({ ok: false, kind: 'too_soon', nextAt: new Date('2026-11-22T00:00:00+09:00') })
    expect((await stamp(id, { at: new Date('2026-11-22T00:00:00+09:00') })).kind).toBe('given')
  })

  test('at another shop it is too soon as well', async () => {
    const { customer, stamp } = await setUp()
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { shop: 'kamakura' })).kind).toBe('too_soon')
  })

  test('a shop may count hours instead of days', async () => {
    const { customer, stamp } = await setUp({ interval: '3h' })
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { at: new Date(START.getTime() + 3 * 3_600_000 - 1) })).kind).toBe('too_soon')
    expect((await stamp(id, { at: new Date(START.getTime() + 3 * 3_600_000) })).kind).toBe('given')
  })

  test('a full card does not shorten the wait', async () => {
    const { customer, stamp } = await setUp({ goal: 1 })
    const id = await customer()
    expect((await stamp(id)).given?.reward).toBeDefined()
    expect((await stamp(id)).kind).toBe('too_soon')
  })

  test('a shop that does not exist, or has closed', async () => {
    const { customer, stamp } = await setUp()
    const id = await customer()
    expect((await stamp(id, { shop: 'nowhere' })).kind).toBe('unknown_shop')
    await db().prisma.shop.update({ where: { id: 'kamakura' }, data: { closedAt: START } })
    expect((await stamp(id, { shop: 'kamakura' })).kind).toBe('unknown_shop')
  })

  test("another shop's code does not pass for this shop's", async () => {
    const { customer, perform } = await setUp()
    const customerId = await customer()
    const secret = (await findShop(db().prisma, db().cipher, 'kamakura'))?.secret ?? new Uint8Array()
    const code = { ...codeAt('kamakura', secret, START.getTime()), shop: 'kichijoji' }
    const request = { customerId, code, sentAt: START, realNow: START, timeZone: 'Asia/Tokyo' }
    const outcome = await perform('line:A', (work) => giveStamp(work, request, () => undefined))
    expect(outcome).toEqual({ ok: false, kind: 'forged' })
    expect(await db().prisma.stampCard.count()).toBe(0)
  })

  test('while no card is published', async () => {
    const { customer, stamp } = await setUp()
    await db().prisma.definition.deleteMany({ where: { kind: 'stamp_card' } })
    expect((await stamp(await customer())).kind).toBe('no_programme')
  })
})

describe('a full card', () => {
  test('grants one coupon on the tenth stamp, and a new empty card begins', async () => {
    const { customer, stamp, facts } = await setUp()
    const id = await customer()
    for (let day = 0; day < 9; day += 1) expect((await stamp(id, { at: later(day) })).given?.reward).toBeUndefined()
    const { given } = await stamp(id, { at: later(9), shop: 'kamakura' })
    expect(given?.card.stamps).toHaveLength(10)
    expect(given?.reward).toMatchObject({
      coupon: {
        serial: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
        reward: { key: 'free-drink' },
        expiresAt: new Date('2027-01-30T00:00:00+09:00')
      },
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
      { number: 1, completedAt: later(9) },
      { number: 2, completedAt: null }
    ])
  })

  test('reached by 20 at once is completed once', async () => {
    const { customer, stamp } = await setUp({ goal: 2 })
    const id = await customer()
    await stamp(id)
    const tries = Array.from({ length: 20 }, (_, index) =>
      stamp(id, { at: later(1), realMs: START.getTime() + index * 30_000 })
    )
    await Promise.all(tries)
    expect(await db().prisma.couponGrant.count()).toBe(1)
    expect(await db().prisma.stampCard.count()).toBe(2)
  })

  test('keeps its promise when the shop has changed the card meanwhile', async () => {
    const { customer, stamp } = await setUp({ goal: 2 })
    const id = await customer()
    await stamp(id)
    await publishLoyalty(db(), feature, { goal: 5 })
    const { given } = await stamp(id, { at: later(1) })
    expect(given?.reward?.nextCard?.definition.goal).toBe(5)
  })
})

describe('a card that runs out', () => {
  test('holds through its last day in Japan, and is replaced after midnight by a card with the new stamp', async () => {
    const { customer, stamp } = await setUp({ expires: '10d' })
    const [early, late] = [await customer(), await customer()]
    for (const id of [early, late]) await stamp(id, { at: START })
    const held = await stamp(early, { at: new Date('2026-12-01T23:59:59.999+09:00') })
    expect(held.given).toMatchObject({ card: { number: 1, stamps: { length: 2 } }, replacesExpired: false })
    const replaced = await stamp(late, { at: new Date('2026-12-02T00:00:00+09:00') })
    expect(replaced.given).toMatchObject({ card: { number: 2, stamps: { length: 1 } }, replacesExpired: true })
  })

  test('never does when the shop sets no end', async () => {
    const { customer, stamp } = await setUp({ expires: undefined })
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { at: later(4000) })).given).toMatchObject({ card: { number: 1 }, replacesExpired: false })
  })
})

describe('whatever happens, in whatever order', () => {
  test('places are 1 to n without a gap on every card, a coupon for each full card, one stamp a day', async () => {
    const visits = fc.array(fc.record({ days: fc.integer({ min: 0, max: 3 }), again: fc.boolean() }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(visits, fc.integer({ min: 1, max: 4 }), async (plan, goal) => {
        await db().query('TRUNCATE customer, definition, shop, stamp_card, stamp, coupon_grant CASCADE')
        const { customer, stamp } = await setUp({ goal, expires: '5d' })
        const id = await customer()
        let day = 0
        for (const { days, again } of plan) {
          day += days
          const realMs = START.getTime() + day * DAY_MS
          await Promise.all([
            stamp(id, { at: later(day), realMs }),
            ...(again ? [stamp(id, { at: later(day), realMs })] : [])
          ])
        }
        const cards = await db().prisma.stampCard.findMany({ include: { stamps: { orderBy: { position: 'asc' } } } })
        for (const card of cards) {
          expect(card.stamps.map(({ position }) => position)).toEqual(card.stamps.map((_, index) => index + 1))
          expect(card.completedAt !== null).toBe(card.stamps.length === goal)
        }
        const full = cards.filter(({ completedAt }) => completedAt).length
        expect(await db().prisma.couponGrant.count()).toBe(full)
        const days = (await stamps()).map(({ grantedAt }) => grantedAt.getTime())
        expect(new Set(days).size).toBe(days.length)
        expect(cards.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(cards.map((_, index) => index + 1))
      }),
      { numRuns: 15 }
    )
  })
})
