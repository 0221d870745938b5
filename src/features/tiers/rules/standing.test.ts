import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../core/time.ts'
import { TiersDefinition } from './definition.ts'
import { outlookOf } from './outlook.ts'
import { addPeriod, beforeWindow } from './period.ts'
import { nextMove, rankReached, type Standing, type Sums } from './standing.ts'

const name = (ja: string) => ({ name: { ja, en: ja }, colour: '#333333' })
const RULES = TiersDefinition.parse({
  window: '365d',
  keep: '365d',
  grace: '30d',
  tiers: [
    { key: 'regular', ...name('R') },
    { key: 'silver', ...name('S'), reach: { visits: 5, spend_yen: 10_000 } },
    { key: 'gold', ...name('G'), reach: { spend_yen: 30_000 } }
  ]
})
const sums = (visits: number, spendYen = 0): Sums => ({ visits, spendYen })
const DAY = '2026-11-21'
const silver = (since: string, more: Partial<Standing> = {}): Standing => {
  const keptUntil = addPeriod(since, RULES.keep)
  return { tier: 'silver', rank: 1, since, keptUntil, dueOn: keptUntil, ...more }
}

describe('periods', () => {
  test.each([
    ['2026-11-21', '365d', '2027-11-21'],
    ['2026-11-21', '12 months', '2027-11-21'],
    ['2028-02-29', '12 months', '2029-02-28'],
    ['2027-03-01', '12 months', '2028-03-01'],
    ['2027-03-01', '365d', '2028-02-29'],
    ['2026-08-31', '1 month', '2026-09-30'],
    ['2026-12-31', '2 months', '2027-02-28']
  ])('%s and %s is %s', (day, period, expected) => expect(addPeriod(day, period)).toBe(expected))

  test.each([
    // 365 days, today included: the 22nd of a year ago is the first.
    ['2026-11-21', '365d', '2025-11-21'],
    ['2026-11-21', '12 months', '2025-11-21'],
    // A window over a leap day is a day longer, so that a year is a year.
    ['2028-02-29', '12 months', '2027-02-28'],
    ['2028-03-01', '12 months', '2027-03-01'],
    ['2028-03-01', '365d', '2027-03-02']
  ])('on %s the window of %s begins after %s', (today, window, expected) =>
    expect(beforeWindow(today, window)).toBe(expected)
  )

  test('what no rules say is refused', () => expect(() => addPeriod(DAY, '1 year')).toThrow('not a period'))
})

test.each([
  [sums(0), 0],
  [sums(4, 9_999), 0],
  [sums(5), 1],
  [sums(0, 10_000), 1],
  [sums(100, 29_999), 1],
  [sums(0, 30_000), 2],
  [sums(0, -5_000), 0]
])('%j reaches the tier at place %i: any one measure is enough', (done, rank) =>
  expect(rankReached(RULES.tiers, done)).toBe(rank)
)

describe('a standing', () => {
  const moved = (standing: Standing | undefined, done: Sums, today = DAY) =>
    nextMove(RULES, { standing, sums: done }, today)

  test('begins at once with what it takes, over a tier too', () => {
    expect(moved(undefined, sums(4))).toBeUndefined()
    expect(moved(undefined, sums(5))).toEqual({ standing: silver(DAY), reason: 'reached' })
    expect(moved(undefined, sums(5, 30_000))).toMatchObject({ standing: { tier: 'gold', rank: 2 }, reason: 'reached' })
    expect(moved(silver('2026-08-01'), sums(0, 30_000))).toMatchObject({
      standing: { tier: 'gold', since: DAY, keptUntil: '2027-11-21' },
      reason: 'reached'
    })
  })

  test('is kept to the end whatever is refunded, and looked at on the first day after it', () => {
    const standing = silver('2025-11-22')
    expect(moved(standing, sums(0, -9_000))).toBeUndefined()
    expect(moved(standing, sums(0), '2026-11-22')).toEqual({ standing: { ...standing, dueOn: '2026-12-22' } })
  })

  test('is renewed from the day on which it is looked at when the sums suffice', () => {
    expect(moved(silver('2025-11-21'), sums(5))).toEqual({
      standing: { ...silver('2025-11-21'), keptUntil: '2027-11-21', dueOn: '2027-11-21' }
    })
  })

  test('within the grace is renewed at once, and ends with it', () => {
    const graced = silver('2025-11-21', { dueOn: '2026-12-21' })
    expect(moved(graced, sums(4), '2026-12-20')).toBeUndefined()
    expect(moved(graced, sums(5), '2026-12-20')).toMatchObject({
      standing: { tier: 'silver', keptUntil: '2027-12-20' }
    })
    expect(moved(graced, sums(4), '2026-12-21')).toEqual({
      standing: { tier: 'regular', rank: 0, since: '2026-12-21', keptUntil: undefined, dueOn: undefined },
      reason: 'ended'
    })
  })

  test('ends at what the sums then give, which may be a tier between', () => {
    const gold: Standing = { ...silver('2025-11-21'), tier: 'gold', rank: 2 }
    expect(moved(gold, sums(5), '2026-12-21')).toMatchObject({ standing: silver('2026-12-21'), reason: 'ended' })
  })

  test('ends at once when nobody looked until the grace was over, or there is none', () => {
    expect(moved(silver('2024-01-01'), sums(0))).toMatchObject({ reason: 'ended' })
    const strict = { ...RULES, grace: '0d' }
    const looked = nextMove(strict, { standing: silver('2025-11-21'), sums: sums(0) }, DAY)
    expect(looked).toMatchObject({ standing: { tier: 'regular' }, reason: 'ended' })
  })

  test('in a tier that the rules no longer have begins anew with what the sums give', () => {
    const bronze = silver('2026-08-01', { tier: 'bronze' })
    expect(moved(bronze, sums(5))).toEqual({ standing: silver(DAY), reason: 'rules' })
  })

  test('keeps its tier when the rules put another one below it', () => {
    const moved = silver('2026-08-01', { rank: 3 })
    expect(nextMove(RULES, { standing: moved, sums: sums(0) }, DAY)).toEqual({ standing: silver('2026-08-01') })
  })
})

test('whatever happens, nobody falls before the end of what was promised, and a move leads to rest', () => {
  const step = fc.record({
    days: fc.integer({ min: 0, max: 200 }),
    visits: fc.integer({ min: 0, max: 8 }),
    yen: fc.integer({ min: -5_000, max: 40_000 })
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let standing: Standing | undefined
      let today = DAY
      for (const { days, visits, yen } of steps) {
        today = addDays(today, days)
        const life = { standing, sums: sums(visits, yen) }
        const move = nextMove(RULES, life, today)
        const rank = move?.standing.rank ?? standing?.rank ?? 0
        expect(rank).toBeGreaterThanOrEqual(rankReached(RULES.tiers, life.sums))
        if (standing?.keptUntil && rank < standing.rank) expect(addDays(standing.keptUntil, 30) <= today).toBe(true)
        standing = move?.standing ?? standing
        expect(nextMove(RULES, { ...life, standing }, today)).toBeUndefined()
        expect(standing?.dueOn === undefined || standing.dueOn > today).toBe(true)
      }
    })
  )
})

describe('the outlook', () => {
  test('says what is missing to the next tier, by each measure, and how far it is by the nearest', () => {
    expect(outlookOf(RULES, { standing: undefined, sums: sums(3, 9_000) }, DAY)).toMatchObject({
      tier: { key: 'regular' },
      since: undefined,
      next: { tier: { key: 'silver' }, spendYen: 1_000, visits: 2, nearest: 'spendYen', doneRate: 0.9 },
      grace: undefined
    })
    expect(outlookOf(RULES, { standing: undefined, sums: sums(4, 5_000) }, DAY)?.next).toMatchObject({
      ...{ nearest: 'visits', doneRate: 0.8 }
    })
    expect(outlookOf(RULES, { standing: silver(DAY), sums: sums(9, -500) }, DAY)).toMatchObject({
      next: { tier: { key: 'gold' }, spendYen: 30_500, visits: undefined, doneRate: 0 },
      keptUntil: '2027-11-21'
    })
  })

  test('has nothing above the highest, and within the grace says what is missing to stay', () => {
    const gold: Standing = { ...silver('2025-11-20', { dueOn: '2026-12-20' }), tier: 'gold', rank: 2 }
    expect(outlookOf(RULES, { standing: gold, sums: sums(0, 28_000) }, DAY)).toMatchObject({
      next: undefined,
      grace: { until: '2026-12-20', missing: { spendYen: 2_000 } }
    })
  })

  test('of a tier that is no more there is none', () => {
    const standing = silver(DAY, { tier: 'bronze' })
    expect(outlookOf(RULES, { standing, sums: sums(0) }, DAY)).toBeUndefined()
  })
})
