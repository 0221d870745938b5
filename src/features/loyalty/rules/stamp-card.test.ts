import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../../core/time.ts'
import { StampCardDefinition } from './definitions.ts'
import { endOf, endOfPeriod, lastDayOf, nextPosition, nextStampAt, type StampCard } from './stamp-card.ts'

const TOKYO = 'Asia/Tokyo'
const at = (text: string) => new Date(text)

const definition = (goal = 10) =>
  StampCardDefinition.parse({
    key: 'main',
    brand: { ja: '喫茶またね', en: 'Café Matane' },
    title: { ja: 'スタンプカード', en: 'Stamp card' },
    goal,
    reward: { key: 'drink', title: { ja: '一杯無料', en: 'A drink' }, note: { ja: '提示', en: 'Show' } }
  })

const card = (stamps: number, more: Partial<StampCard> = {}, goal = 10): StampCard => ({
  id: 'c',
  number: 1,
  definitionId: 'd',
  definition: definition(goal),
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

describe('a period of days ends at midnight in Japan', () => {
  test.each([
    ['from noon', '2026-11-21T12:00:00+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['from the first moment of a day', '2026-11-21T00:00:00+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['from the last moment of a day', '2026-11-21T23:59:59.999+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['when the day in Japan is not the day in UTC', '2026-11-20T20:00:00Z', '1d', '2026-11-23T00:00:00+09:00'],
    ['over a leap day', '2028-02-28T10:00:00+09:00', '1d', '2028-03-01T00:00:00+09:00'],
    ['a year', '2026-11-21T10:00:00+09:00', '365d', '2027-11-22T00:00:00+09:00']
  ])('%s', (_what, from, days, end) => expect(endOfPeriod(at(from), days, TOKYO)).toEqual(at(end)))

  test('its last day is the one that people are told', () => {
    const end = endOfPeriod(at('2026-11-21T10:00:00+09:00'), '60d', TOKYO)
    expect(dayOf(lastDayOf(end), TOKYO)).toBe('2027-01-20')
  })

  test('it ends at midnight also where clocks change', () => {
    expect(endOfPeriod(at('2026-03-07T12:00:00-05:00'), '1d', 'America/New_York')).toEqual(
      at('2026-03-09T00:00:00-04:00')
    )
  })
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
      const places = Array.from({ length: goal }, (_, stamps) => nextPosition(card(stamps, {}, goal)))
      expect(places.map(({ position }) => position)).toEqual(Array.from({ length: goal }, (_, index) => index + 1))
      expect(places.map(({ completes }) => completes).lastIndexOf(false)).toBe(goal - 2)
      expect(places.at(-1)?.completes).toBe(true)
    })
  )
})
