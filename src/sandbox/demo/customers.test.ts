import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../core/time.ts'
import { type CardTerms, cardsOf } from './cards.ts'
import { type DemoCustomer, demoCustomers } from './customers.ts'
import { followUpsOf } from './follow-ups.ts'
import { seeded } from './random.ts'

const DAY_MS = 86_400_000
const timeZone = 'Asia/Tokyo'
const regulars = [
  { lineUserId: 'U1', name: '田中 健', locale: 'ja' as const },
  { lineUserId: 'U2', name: '鈴木 美咲', locale: 'ja' as const }
]
const shop = (now: Date, seed = 21) => demoCustomers({ now, timeZone, seed, regulars })
const now = new Date('2026-11-21T03:00:00Z')
const customers = shop(now)

const visitors = (from: number, to: number): Set<number> =>
  new Set(
    customers
      .filter(({ visits }) => visits.some(({ at }) => at.getTime() >= from && at.getTime() < to))
      .map(({ number }) => number)
  )

describe('the demo shop', () => {
  test('the same day and seed give the same shop, another seed another one', () => {
    expect(shop(now)).toEqual(customers)
    expect(shop(now, 22)).not.toEqual(customers)
  })

  test('about 500 customers over 14 months, of three shops, with names of their own', () => {
    expect(customers.length).toBeGreaterThan(450)
    expect(customers.length).toBeLessThan(560)
    const first = Math.min(...customers.flatMap(({ visits }) => visits.map(({ at }) => at.getTime())))
    expect((now.getTime() - first) / DAY_MS).toBeGreaterThan(400)
    expect(new Set(customers.flatMap(({ visits }) => visits.map((visit) => visit.shop)))).toEqual(
      new Set(['kichijoji', 'shimokitazawa', 'kamakura'])
    )
    const japanese = customers.filter(({ locale }) => locale === 'ja').map(({ name }) => name)
    expect(new Set(japanese).size).toBe(japanese.length)
  })

  test('about four of five active customers stay for another month', () => {
    for (let month = 1; month <= 6; month += 1) {
      const end = now.getTime() - month * 30 * DAY_MS
      const active = visitors(end - 120 * DAY_MS, end - 30 * DAY_MS)
      const still = visitors(end - 90 * DAY_MS, end)
      const rate = [...active].filter((number) => still.has(number)).length / active.size
      expect(rate, `${month} months ago`).toBeGreaterThan(0.74)
      expect(rate, `${month} months ago`).toBeLessThan(0.93)
    }
  })

  test('there are newcomers every month', () => {
    for (let month = 0; month < 13; month += 1) {
      const end = now.getTime() - month * 30 * DAY_MS
      const fresh = customers.filter(({ visits }) => {
        const first = visits[0]?.at.getTime() ?? 0
        return first < end && first >= end - 30 * DAY_MS
      })
      expect(fresh.length, `${month} months ago`).toBeGreaterThan(10)
    }
  })

  test('more are pleased than not: an NPS of about 30', () => {
    const scores = customers.flatMap(({ voices }) => voices.map(({ score }) => score))
    const nps =
      (100 * (scores.filter((score) => score >= 9).length - scores.filter((score) => score <= 6).length)) /
      scores.length
    expect(scores.length).toBeGreaterThan(150)
    expect(nps).toBeGreaterThan(18)
    expect(nps).toBeLessThan(45)
  })

  test('the regulars came lately but not today, and were asked long enough ago to be asked again', () => {
    for (const { lineUserId, visits, voices } of customers.slice(0, 2)) {
      const last = visits.at(-1)?.at ?? now
      expect(['U1', 'U2']).toContain(lineUserId)
      expect(dayOf(last, timeZone) < dayOf(now, timeZone)).toBe(true)
      expect(now.getTime() - last.getTime()).toBeLessThan(14 * DAY_MS)
      expect(visits.length).toBeGreaterThan(20)
      for (const { at } of voices) expect(now.getTime() - at.getTime()).toBeGreaterThan(90 * DAY_MS)
    }
  })

  test('on any day and with any seed: nothing in the future, in order, once a day, answers only after visits', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((count) => new Date(now.getTime() + count * 37_123_456))
    fc.assert(
      fc.property(days, fc.integer(), (day, seed) => {
        for (const customer of shop(day, seed)) expectPlausible(customer, day)
      }),
      { numRuns: 12 }
    )
  })
})

function expectPlausible({ visits, voices }: DemoCustomer, at: Date): void {
  const times = visits.map((visit) => visit.at.getTime())
  expect(times).toEqual([...times].sort((one, other) => one - other))
  expect(times.every((time) => time < at.getTime())).toBe(true)
  expect(new Set(visits.map((visit) => dayOf(visit.at, timeZone))).size).toBe(visits.length)
  for (const [index, voice] of voices.entries()) {
    expect(voice.at.getTime()).toBeLessThan(at.getTime())
    expect(voice.at.getTime()).toBeGreaterThan(times[0] ?? 0)
    const before = voices[index - 1]?.at.getTime() ?? Number.NEGATIVE_INFINITY
    expect(voice.at.getTime() - before).toBeGreaterThanOrEqual(90 * DAY_MS)
  }
}

describe('stamp cards', () => {
  const terms: CardTerms = { goal: 10, expires: '365d', coupon: 'free', couponValidFor: '60d' }

  test('for any goal, only full cards are complete, and each but the last is full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(customers.length - 1), (goal, index) => {
        const customer = customers[index]
        const cards = customer ? cardsOf(customer, { ...terms, goal }, now) : []
        expect(cards.map(({ number }) => number)).toEqual(cards.map((_, position) => position + 1))
        for (const [position, { stamps, completedAt }] of cards.entries()) {
          expect(completedAt !== undefined).toBe(stamps.length === goal)
          if (position < cards.length - 1) expect(stamps).toHaveLength(goal)
          expect(stamps.length).toBeLessThanOrEqual(goal)
        }
      })
    )
  })

  test('of the regulars, one is on the way and one needs a single stamp more', () => {
    const open = customers.slice(0, 2).map((customer) => cardsOf(customer, terms, now).at(-1)?.stamps.length)
    expect(open).toEqual([7, 9])
  })
})

describe('follow-ups', () => {
  const followUps = followUpsOf(customers, { now, staff: ['U1', 'U2'], seed: 21 })

  test('they were answered and resolved in that order, long before now, for customers who were unhappy', () => {
    expect(followUps.length).toBeGreaterThan(3)
    for (const { voice, respondedAt, resolvedAt } of followUps) {
      expect(voice.score).toBeLessThanOrEqual(6)
      expect(voice.at < respondedAt && respondedAt < resolvedAt && resolvedAt < now).toBe(true)
    }
  })

  test('without staff there is no history', () =>
    expect(followUpsOf(customers, { now, staff: [], seed: 1 })).toEqual([]))
})

test('chance repeats, keeps to its bounds and is even', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, below) => {
      const [one, other] = [seeded(seed), seeded(seed)]
      const drawn = one.below(below)
      expect(other.below(below)).toBe(drawn)
      expect(drawn >= 0 && drawn < below).toBe(true)
      expect(one.wait()).toBeGreaterThan(0)
    })
  )
  const random = seeded(7)
  const waits = Array.from({ length: 5000 }, () => random.wait())
  expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeCloseTo(1, 1)
})
