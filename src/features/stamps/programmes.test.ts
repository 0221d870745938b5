import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysLater, NOON, stampCounter } from '../../../test/support/stamp-counter.ts'
import { validCoupons } from '../coupons/store/coupons.ts'
import { retire } from '../definitions/index.ts'

const db = useDatabase()

const gift = (at: number, key = `gift-${at}`) => {
  return { at, key, title: { ja: key, en: key }, note: { ja: '提示', en: 'Show' } }
}
const title = (text: string) => ({ title: { ja: text, en: text } })
const grants = () => db().prisma.couponGrant.findMany({ orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }] })
const cards = () =>
  db().prisma.stampCard.findMany({
    orderBy: [{ programme: 'asc' }, { number: 'asc' }],
    include: { stamps: { orderBy: { position: 'asc' } } }
  })

describe('several programmes', () => {
  const MORNING = { ...title('朝'), key: 'morning', goal: 2, interval: '3h' }
  const KAMAKURA = { ...title('鎌倉'), key: 'kamakura', shops: ['kamakura'] }

  test('one visit counts on every programme that its shop belongs to, the main one first, and is one visit', async () => {
    const { customer, stamp, publish, facts } = await stampCounter(db())
    await publish({}, [KAMAKURA, MORNING])
    const id = await customer()
    expect((await stamp(id)).cards.map(({ card }) => card.programme)).toEqual(['main', 'morning'])
    const { cards: given } = await stamp(await customer(), { shop: 'kamakura' })
    expect(given.map(({ card }) => card.programme)).toEqual(['main', 'kamakura', 'morning'])
    expect(facts.map(({ name, properties }) => [name, properties.programme]).slice(0, 3)).toEqual([
      ['visit', undefined],
      ['stamp.granted', 'main'],
      ['stamp.granted', 'morning']
    ])
  })

  test('each waits by itself: a visit counts where enough time has passed', async () => {
    const { customer, stamp, publish } = await stampCounter(db())
    await publish({}, [MORNING])
    const id = await customer()
    const at = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000)
    await stamp(id)
    expect(await stamp(id, { at: at(1) })).toMatchObject({ outcome: { kind: 'too_soon', nextAt: at(3) } })
    expect((await stamp(id, { at: at(4) })).cards.map(({ card }) => card.programme)).toEqual(['morning'])
  })

  test('40 tries at once of one code: one stamp on each', async () => {
    const { customer, stamp, publish } = await stampCounter(db())
    await publish({}, [MORNING])
    const id = await customer()
    const kinds = await Promise.all(Array.from({ length: 40 }, () => stamp(id, { realMs: NOON.getTime() })))
    expect(kinds.filter(({ kind }) => kind === 'given')).toHaveLength(1)
    expect((await cards()).map(({ programme, stamps }) => [programme, stamps.length])).toEqual([
      ['main', 1],
      ['morning', 1]
    ])
  })

  test('at a shop that belongs to none there is no stamp, and the reason', async () => {
    const { customer, stamp, publish } = await stampCounter(db())
    await publish({ shops: ['kichijoji'] }, [KAMAKURA])
    expect((await stamp(await customer(), { shop: 'shimokitazawa' })).kind).toBe('not_here')
    expect(await cards()).toEqual([])
  })

  test('when a programme is no more, a card in progress still fills and gives, and no new one begins', async () => {
    const { customer, stamp, publish } = await stampCounter(db())
    await publish({}, [MORNING])
    const id = await customer()
    await stamp(id)
    await db().transaction((tx) => retire(tx, 'stamp_card', { key: 'morning', at: NOON }))
    const { cards: given } = await stamp(id, { at: daysLater(1) })
    expect(given[1]).toMatchObject({
      card: { programme: 'morning' },
      completed: [1],
      coupons: [{}],
      nextCard: undefined
    })
    expect((await stamp(id, { at: daysLater(2) })).cards).toHaveLength(1)
    expect((await stamp(await customer(), { at: daysLater(2) })).cards).toHaveLength(1)
  })
})

describe('rewards on the way', () => {
  test('come each at its count, with terms of their own, and once', async () => {
    const { customer, stamp } = await stampCounter(db(), { goal: 4, rewards: [gift(2), gift(3)] })
    const id = await customer()
    const keys: (string[] | undefined)[] = []
    for (let day = 0; day < 6; day += 1) {
      const { first } = await stamp(id, { at: daysLater(day) })
      keys.push(first?.coupons.map(({ terms }) => terms.key))
    }
    expect(keys).toEqual([[], ['gift-2'], ['gift-3'], ['free-drink'], [], ['gift-2']])
    const held = await validCoupons(db().prisma, id, { at: daysLater(6), limit: 10 })
    expect(held.map(({ terms }) => terms.title.en).toSorted()).toEqual(['Any drink free', 'gift-2', 'gift-2', 'gift-3'])
  })

  test('a card in progress keeps its goal, rewards, shops, wait and double days when the shop changes them all', async () => {
    const old = { goal: 3, rewards: [gift(2, 'old')], shops: ['kichijoji'], interval: '1h' }
    const { customer, stamp, publish } = await stampCounter(db(), old)
    const id = await customer()
    await stamp(id)
    const sunday = [{ weekdays: ['sun' as const], times: 4 }]
    await publish({ goal: 9, rewards: [gift(4, 'new')], shops: ['kamakura'], double_days: sunday, bonus: 1 })
    const { first } = await stamp(id, { at: daysLater(1) })
    expect(first).toMatchObject({ count: 1, coupons: [{ terms: { key: 'old' } }] })
    expect((await stamp(id, { at: new Date(daysLater(1).getTime() + 3_600_000) })).first).toMatchObject({
      completed: [1],
      nextCard: { number: 2, stamps: [], definition: { goal: 9, shops: ['kamakura'] } }
    })
  })
})

test('a first card begins with its bonus, which is no visit and brings nothing by itself; the next one does not', async () => {
  const { customer, stamp, facts } = await stampCounter(db(), { goal: 3, bonus: 1, rewards: [gift(2)] })
  const id = await customer()
  expect((await stamp(id)).first).toMatchObject({ count: 1, card: { stamps: { length: 2 } }, coupons: [{}] })
  expect((await stamp(id, { at: daysLater(1) })).first).toMatchObject({ completed: [1], nextCard: { stamps: [] } })
  const [first] = await cards()
  expect(first?.stamps.map(({ position, way, shop }) => [position, way, shop])).toEqual([
    [1, 'bonus', null],
    [2, 'counter', 'kichijoji'],
    [3, 'counter', 'kichijoji']
  ])
  expect(facts.filter(({ name }) => name === 'stamp.granted')).toHaveLength(2)
})

describe('days that count more', () => {
  const SATURDAY = { double_days: [{ weekdays: ['sat' as const], times: 3 }] }

  test('bring that many stamps with one visit, by the calendar of Japan', async () => {
    const { customer, stamp, facts } = await stampCounter(db(), SATURDAY)
    const id = await customer()
    expect((await stamp(id, { at: new Date('2026-11-20T23:59:59+09:00') })).first).toMatchObject({ count: 1 })
    const { first } = await stamp(id, { at: new Date('2026-11-21T00:00:00+09:00') })
    expect(first).toMatchObject({ count: 3, card: { stamps: { length: 4 } } })
    expect(facts.filter(({ name }) => name === 'visit')).toHaveLength(2)
    expect(facts.at(-1)).toMatchObject({ name: 'stamp.granted', properties: { position: 4, count: 3 } })
    const [, second] = (await cards())[0]?.stamps ?? []
    expect(second).toMatchObject({ way: 'counter' })
    expect((await cards())[0]?.stamps.map(({ way, code }) => [way, code !== null])).toEqual([
      ['counter', true],
      ['counter', true],
      ['extra', false],
      ['extra', false]
    ])
  })

  test('what a full card has no place for goes on the next one, with whatever it reaches there', async () => {
    const { customer, stamp } = await stampCounter(db(), { goal: 2, ...SATURDAY })
    const id = await customer()
    const { first } = await stamp(id)
    expect(first).toMatchObject({
      completed: [1],
      coupons: [{}],
      card: { number: 1 },
      nextCard: { number: 2, stamps: { length: 1 } }
    })
    const again = await stamp(id, { at: daysLater(7) })
    expect(again.first).toMatchObject({ completed: [2, 3], coupons: [{}, {}], nextCard: { number: 4, stamps: [] } })
    expect(await grants()).toHaveLength(3)
  })
})

describe('cards that end', () => {
  test('from the last stamp hold longer with each', async () => {
    const { customer, stamp } = await stampCounter(db(), { expires: '10d', expires_from: 'last_stamp' })
    const id = await customer()
    await stamp(id)
    for (const day of [9, 18, 27]) expect((await stamp(id, { at: daysLater(day) })).first?.card.number).toBe(1)
    expect((await cards())[0]?.expiresAt).toEqual(new Date('2026-12-29T00:00:00+09:00'))
    expect((await stamp(id, { at: daysLater(38) })).first).toMatchObject({ card: { number: 2 }, replacesExpired: true })
  })

  test('with the programme end on its last day, and no new one begins', async () => {
    const { customer, stamp } = await stampCounter(db(), { until: '2026-11-30', expires: '365d' })
    const id = await customer()
    await stamp(id)
    expect((await cards())[0]?.expiresAt).toEqual(new Date('2026-12-01T00:00:00+09:00'))
    expect((await stamp(id, { at: new Date('2026-11-30T23:59:59+09:00') })).kind).toBe('given')
    expect((await stamp(id, { at: new Date('2026-12-01T00:00:00+09:00') })).kind).toBe('no_programme')
  })
})
