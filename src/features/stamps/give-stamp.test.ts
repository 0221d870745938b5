import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysLater, NOON, stampCounter } from '../../../test/support/stamp-counter.ts'
import type { Feature } from '../../platform/feature.ts'

const db = useDatabase()

describe('a good code gives one stamp', () => {
  test('on the first card, at its shop, with a visit and the stamp as facts', async () => {
    const { customer, stamp, facts } = await stampCounter(db())
    const id = await customer()
    const { outcome } = await stamp(id, { cause: 'A' })
    expect(outcome.ok && outcome.value).toMatchObject({
      shop: { id: 'kichijoji' },
      cards: [{ card: { number: 1, stamps: [{ position: 1, shop: 'kichijoji', grantedAt: NOON }] }, coupons: [] }]
    })
    const about = { customerId: id, at: NOON, source: 'line', shop: 'kichijoji' }
    expect(facts).toEqual([
      { ...about, name: 'visit', sourceId: 'line:A/visit', properties: {} },
      {
        ...about,
        name: 'stamp.granted',
        sourceId: 'line:A/main/stamp.granted/1',
        properties: { programme: 'main', card: 1, position: 1, goal: 10, count: 1 }
      }
    ])
    expect(await db().prisma.customerStats.findUnique({ where: { customerId: id } })).toMatchObject({ visits: 1 })
  })

  test('40 tries at once of one code by one customer: one stamp, 39 are told that it is used', async () => {
    const { customer, stamp } = await stampCounter(db())
    const id = await customer()
    const realMs = NOON.getTime()
    const kinds = (await Promise.all(Array.from({ length: 40 }, () => stamp(id, { realMs })))).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['given', ...Array.from({ length: 39 }, () => 'used')])
    expect(await db().prisma.stamp.findMany()).toHaveLength(1)
    expect(await db().prisma.event.count()).toBe(2)
  })

  test('40 different good codes at once by one customer: one stamp, as one visit is one stamp', async () => {
    const { customer, stamp } = await stampCounter(db())
    const id = await customer()
    const tries = Array.from({ length: 40 }, (_, index) => stamp(id, { realMs: NOON.getTime() + index * 30_000 }))
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'given')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'too_soon')).toHaveLength(39)
    expect(await db().prisma.stamp.findMany()).toHaveLength(1)
  })

  test('the same code serves everybody at the counter', async () => {
    const { customer, stamp } = await stampCounter(db())
    const realMs = NOON.getTime()
    const ids = [await customer(), await customer(), await customer()]
    const kinds = await Promise.all(ids.map(async (id) => (await stamp(id, { realMs })).kind))
    expect(kinds).toEqual(['given', 'given', 'given'])
  })

  test('the same event handled again gives no second stamp, even with another code', async () => {
    const { customer, stamp } = await stampCounter(db(), { interval: '1m' })
    const id = await customer()
    expect((await stamp(id, { cause: 'A' })).kind).toBe('given')
    expect((await stamp(id, { cause: 'A', at: daysLater(3) })).kind).toBe('used')
    expect(await db().prisma.stamp.findMany()).toHaveLength(1)
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
    const { customer, stamp } = await stampCounter(db(), {}, [faulty])
    const id = await customer()
    const realMs = NOON.getTime()
    await expect(stamp(id, { realMs })).rejects.toThrow('no')
    expect(await db().prisma.stamp.findMany()).toHaveLength(0)
    broken = false
    expect((await stamp(id, { realMs })).kind).toBe('given')
  })

  test('the card is shown before the facts are told, so that what others say comes after it', async () => {
    const order: string[] = []
    const asks: Feature = { name: 'asks', on: { visit: async () => void order.push('fact') } }
    const { customer, stamp } = await stampCounter(db(), {}, [asks])
    await stamp(await customer(), { shown: () => order.push('card') })
    expect(order).toEqual(['card', 'fact'])
  })
})

describe('no stamp, and the reason', () => {
  test('a second visit on the same day in Japan is too soon, one after midnight is not', async () => {
    const { customer, stamp } = await stampCounter(db())
    const id = await customer()
    await stamp(id, { at: new Date('2026-11-21T00:00:00+09:00') })
    const { outcome } = await stamp(id, { at: new Date('2026-11-21T23:59:59.999+09:00') })
    expect(outcome).toEqual({ ok: false, kind: 'too_soon', nextAt: new Date('2026-11-22T00:00:00+09:00') })
    expect((await stamp(id, { at: new Date('2026-11-22T00:00:00+09:00') })).kind).toBe('given')
  })

  test('at another shop it is too soon as well', async () => {
    const { customer, stamp } = await stampCounter(db())
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { shop: 'kamakura' })).kind).toBe('too_soon')
  })

  test('a shop may count hours instead of days', async () => {
    const { customer, stamp } = await stampCounter(db(), { interval: '3h' })
    const id = await customer()
    await stamp(id)
    expect((await stamp(id, { at: new Date(NOON.getTime() + 3 * 3_600_000 - 1) })).kind).toBe('too_soon')
    expect((await stamp(id, { at: new Date(NOON.getTime() + 3 * 3_600_000) })).kind).toBe('given')
  })

  test('a full card does not shorten the wait', async () => {
    const { customer, stamp } = await stampCounter(db(), { goal: 1 })
    const id = await customer()
    expect((await stamp(id)).first?.completed).toEqual([1])
    expect((await stamp(id)).kind).toBe('too_soon')
  })

  test('a shop that does not exist, or has closed', async () => {
    const { customer, stamp } = await stampCounter(db())
    const id = await customer()
    expect((await stamp(id, { shop: 'nowhere' })).kind).toBe('unknown_shop')
    await db().prisma.shop.update({ where: { id: 'kamakura' }, data: { closedAt: NOON } })
    expect((await stamp(id, { shop: 'kamakura' })).kind).toBe('unknown_shop')
  })

  test("another shop's code does not pass for this shop's", async () => {
    const { customer, stamp } = await stampCounter(db())
    const { kind } = await stamp(await customer(), { shop: 'kichijoji', signedBy: 'kamakura' })
    expect(kind).toBe('forged')
    expect(await db().prisma.stampCard.count()).toBe(0)
  })

  test('a code that ran out has run out, but whose stamp one has is told that', async () => {
    const { customer, stamp } = await stampCounter(db())
    const [id, other] = [await customer(), await customer()]
    const realMs = NOON.getTime()
    await stamp(id, { realMs })
    expect((await stamp(id, { realMs, afterMs: 3_600_000 })).kind).toBe('used')
    expect((await stamp(other, { realMs, afterMs: 3_600_000 })).kind).toBe('expired')
  })

  test('while no card is published', async () => {
    const { customer, stamp } = await stampCounter(db())
    await db().prisma.definition.deleteMany({ where: { kind: 'stamp_card' } })
    expect((await stamp(await customer())).kind).toBe('no_programme')
  })
})
