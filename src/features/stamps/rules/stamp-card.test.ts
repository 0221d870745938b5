import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StampCardDefinition } from './definitions.ts'
import { endOf, nextPosition, nextStampAt, type StampCard } from './stamp-card.ts'

const TOKYO = 'Asia/Tokyo'
const at = (text: string) => new Date(text)

const definition = (goal = 10) =>
  StampCardDefinition.parse({
    key: 'main',
    title: { ja: 'スタンプカード', en: 'Stamp card' },
    goal,
    reward: { key: 'drink', title: { ja: '一杯無料', en: 'A drink' }, note: { ja: '提示', en: 'Show' } }
  })

const card = (stamps: number, more: Partial<StampCard> = {}, goal = 10): StampCard => ({
  id: 'c',
  number: 1,
  definitionId: 'd',
  definition: definition(goal),
  look: { brand: { ja: '喫茶またね', en: 'Café Matane' }, colour: '#7a4b2a' },
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
      const places = Array.from({ length: goal }, (_, stamps) => nextPosition(card(stamps, {}, goal)))
      expect(places.map(({ position }) => position)).toEqual(Array.from({ length: goal }, (_, index) => index + 1))
      expect(places.map(({ completes }) => completes).lastIndexOf(false)).toBe(goal - 2)
      expect(places.at(-1)?.completes).toBe(true)
    })
  )
})
