import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StampCardDefinition } from './definitions.ts'
import {
  countsAt,
  endAfter,
  endOf,
  isRunning,
  nextPlace,
  nextReward,
  nextStampAt,
  rewardsOf,
  type StampCard
} from './stamp-card.ts'

const TOKYO = 'Asia/Tokyo'
const at = (text: string) => new Date(text)

const definition = (goal = 10) =>
  StampCardDefinition.parse({
    key: 'main',
    title: { ja: 'スタンプカード', en: 'Stamp card' },
    goal,
    reward: { key: 'drink', title: { ja: '一杯無料', en: 'A drink' }, note: { ja: '提示', en: 'Show' } }
  })

const gift = (at: number) => ({
  at,
  key: `gift-${at}`,
  title: { ja: '品', en: 'Gift' },
  note: { ja: '提示', en: 'Show' }
})

const card = (stamps: number, more: Partial<StampCard> = {}, goal = 10): StampCard => ({
  id: 'c',
  programme: 'main',
  number: 1,
  definitionId: 'd',
  definition: definition(goal),
  look: { brand: { ja: '喫茶またね', en: 'Café Matane' }, colour: '#7a4b2a', shops: [] },
  startedAt: at('2026-01-01T00:00:00Z'),
  expiresAt: undefined,
  completedAt: undefined,
  stamps: Array.from({ length: stamps }, (_, index) => ({
    position: index + 1,
    shop: 'kamakura',
    grantedAt: at('2026-01-02T00:00:00Z')
  })),
  ...more
})

describe('when the next stamp may be given', () => {
  test.each([
    ['business_day', '2026-11-21T23:59:00+09:00', '2026-11-22T00:00:00+09:00'],
    ['business_day', '2026-11-21T00:00:00+09:00', '2026-11-22T00:00:00+09:00'],
    ['3h', '2026-11-21T23:00:00+09:00', '2026-11-22T02:00:00+09:00'],
    ['30m', '2026-11-21T23:00:00+09:00', '2026-11-21T23:30:00+09:00']
  ])('%s after %s', (interval, last, next) => expect(nextStampAt(at(last), interval, TOKYO)).toEqual(at(next)))
})

describe('whether a card takes stamps', () => {
  const now = at('2026-11-21T00:00:00Z')
  test.each([
    ['new', card(0), undefined],
    ['one short of full', card(9), undefined],
    ['full', card(10), 'completed'],
    ['marked full', card(3, { completedAt: now }), 'completed'],
    ['until a moment before its end', card(3, { expiresAt: new Date(now.getTime() + 1) }), undefined],
    ['at its end', card(3, { expiresAt: now }), 'expired'],
    ['full and past its end', card(10, { expiresAt: now }), 'completed']
  ])('%s', (_what, given, expected) => expect(endOf(given, now)).toBe(expected))
})

test('stamps take places 1 to the goal without a gap, and the last one completes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), (goal) => {
      const places = Array.from({ length: goal }, (_, stamps) => nextPlace(card(stamps, {}, goal)))
      expect(places.map(({ position }) => position)).toEqual(Array.from({ length: goal }, (_, index) => index + 1))
      expect(places.map(({ completes }) => completes).lastIndexOf(false)).toBe(goal - 2)
      expect(places.at(-1)?.completes).toBe(true)
    })
  )
})

describe('rewards', () => {
  const terms = { ...definition(), rewards: [gift(7), gift(3)] }
  const filled = (stamps: number) => ({ ...card(stamps), definition: terms })

  test('come in the order in which they are reached, the one of a full card last', () => {
    expect(rewardsOf(terms).map(({ at, terms: { key } }) => [at, key])).toEqual([
      [3, 'gift-3'],
      [7, 'gift-7'],
      [10, 'drink']
    ])
  })

  test.each([
    [0, 3],
    [2, 3],
    [3, 7],
    [9, 10],
    [10, undefined]
  ])('with %i stamps the next is at %s', (stamps, at) => {
    expect(nextReward(filled(stamps))?.at).toBe(at)
  })

  test('belong to their places alone', () => {
    const given = Array.from({ length: 10 }, (_, stamps) => nextPlace(filled(stamps)).reward?.key)
    expect(given.flatMap((key, index) => (key ? [[index + 1, key]] : []))).toEqual([
      [3, 'gift-3'],
      [7, 'gift-7'],
      [10, 'drink']
    ])
  })
})

describe('when a card ends', () => {
  const start = at('2026-11-21T12:00:00+09:00')
  const later = at('2026-12-01T12:00:00+09:00')
  const ending = (change: object) => ({ ...definition(), ...change })

  test.each([
    ['never', {}, undefined],
    ['so many whole days after its beginning', { expires: '30d' }, '2026-12-22T00:00:00+09:00'],
    ['with the last day of the programme', { until: '2026-12-10' }, '2026-12-11T00:00:00+09:00'],
    ['with whichever comes first', { until: '2026-12-10', expires: '30d' }, '2026-12-11T00:00:00+09:00'],
    ['also the other way round', { until: '2027-12-10', expires: '30d' }, '2026-12-22T00:00:00+09:00']
  ])('%s', (_what, change, end) => {
    expect(endAfter(ending(change), start, TOKYO)).toEqual(end && at(end))
  })

  test('a stamp puts the end off only where it counts from the last one, and never past the programme', () => {
    const now = { expiresAt: at('2026-12-22T00:00:00+09:00') }
    const moved = (change: object) => endAfter(ending({ expires: '30d', ...change }), later, TOKYO, now)
    expect(moved({})).toEqual(now.expiresAt)
    expect(moved({ expires_from: 'start' })).toEqual(now.expiresAt)
    expect(moved({ expires_from: 'last_stamp' })).toEqual(at('2027-01-01T00:00:00+09:00'))
    expect(moved({ expires_from: 'last_stamp', until: '2026-12-25' })).toEqual(at('2026-12-26T00:00:00+09:00'))
  })

  test('a programme takes in new cards through its last day in Japan', () => {
    const terms = ending({ until: '2026-12-10' })
    expect(isRunning(terms, at('2026-12-10T23:59:59.999+09:00'), TOKYO)).toBe(true)
    expect(isRunning(terms, at('2026-12-11T00:00:00+09:00'), TOKYO)).toBe(false)
    expect(isRunning(definition(), later, TOKYO)).toBe(true)
  })
})

test('a visit counts at the shops that are named, and everywhere when none is', () => {
  expect(['a', 'b'].map((shop) => countsAt({ ...definition(), shops: ['a'] }, shop))).toEqual([true, false])
  expect(countsAt(definition(), 'b')).toBe(true)
})
