import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../../core/time.ts'
import { type PeriodExpression, periodBefore, periodOf } from './period.ts'

/** A Saturday. */
const TODAY = '2026-11-21'

const text = (expression: PeriodExpression, today = TODAY) => {
  const period = periodOf(expression, today)
  return period ? `${period.from}..${period.to}${period.partial ? ' partial' : ''}` : 'not begun'
}

describe('periodOf', () => {
  it.each([
    [{ kind: 'month', offset: 0 }, '2026-11-01..2026-11-21 partial'],
    [{ kind: 'month', offset: -1 }, '2026-10-01..2026-10-31'],
    [{ kind: 'month', offset: -2 }, '2026-09-01..2026-09-30'],
    [{ kind: 'week', offset: 0 }, '2026-11-16..2026-11-21 partial'],
    [{ kind: 'week', offset: -1 }, '2026-11-09..2026-11-15'],
    [{ kind: 'day', offset: 0 }, '2026-11-21..2026-11-21 partial'],
    [{ kind: 'day', offset: -1 }, '2026-11-20..2026-11-20'],
    [{ kind: 'year', offset: 0 }, '2026-01-01..2026-11-21 partial'],
    [{ kind: 'year', offset: -1 }, '2025-01-01..2025-12-31'],
    [{ kind: 'named_month', month: 10, year: 2026 }, '2026-10-01..2026-10-31'],
    [{ kind: 'named_month', month: 10, year: undefined }, '2026-10-01..2026-10-31'],
    [{ kind: 'named_month', month: 11, year: undefined }, '2026-11-01..2026-11-21 partial'],
    [{ kind: 'named_month', month: 12, year: undefined }, '2025-12-01..2025-12-31'],
    [{ kind: 'named_month', month: 12, year: 2026 }, 'not begun'],
    [{ kind: 'named_month', month: 2, year: 2024 }, '2024-02-01..2024-02-29'],
    [{ kind: 'named_year', year: 2027 }, 'not begun'],
    [{ kind: 'last_days', days: 30 }, '2026-10-23..2026-11-21']
  ] as const)('%j is %s', (expression, period) => {
    expect(text(expression)).toBe(period)
  })

  it.each([
    [{ kind: 'month', offset: -1 }, '2026-01-01', '2025-12-01..2025-12-31'],
    [{ kind: 'month', offset: -1 }, '2026-03-31', '2026-02-01..2026-02-28'],
    [{ kind: 'month', offset: -1 }, '2024-03-31', '2024-02-01..2024-02-29'],
    [{ kind: 'month', offset: -2 }, '2026-01-31', '2025-11-01..2025-11-30'],
    [{ kind: 'month', offset: 0 }, '2026-10-31', '2026-10-01..2026-10-31 partial'],
    [{ kind: 'week', offset: -1 }, '2026-01-01', '2025-12-22..2025-12-28'],
    [{ kind: 'week', offset: 0 }, '2026-11-15', '2026-11-09..2026-11-15 partial'],
    [{ kind: 'week', offset: 0 }, '2026-11-16', '2026-11-16..2026-11-16 partial'],
    [{ kind: 'year', offset: 0 }, '2026-01-01', '2026-01-01..2026-01-01 partial']
  ] as const)('%j on %s is %s', (expression, today, period) => {
    expect(text(expression, today)).toBe(period)
  })
})

describe('periodBefore', () => {
  it.each([
    [{ kind: 'month', offset: 0 }, TODAY, '2026-10-01..2026-10-21'],
    [{ kind: 'month', offset: -1 }, TODAY, '2026-09-01..2026-09-30'],
    [{ kind: 'month', offset: 0 }, '2026-03-31', '2026-02-01..2026-02-28'],
    [{ kind: 'month', offset: 0 }, '2026-01-15', '2025-12-01..2025-12-15'],
    [{ kind: 'week', offset: -1 }, TODAY, '2026-11-02..2026-11-08'],
    [{ kind: 'week', offset: 0 }, TODAY, '2026-11-09..2026-11-14'],
    [{ kind: 'year', offset: 0 }, TODAY, '2025-01-01..2025-11-21'],
    [{ kind: 'last_days', days: 30 }, TODAY, '2026-09-23..2026-10-22']
  ] as const)('before %j on %s: %s', (expression, today, expected) => {
    const period = periodOf(expression, today)
    if (!period) throw new Error('not begun')
    const { from, to } = periodBefore(period)
    expect(`${from}..${to}`).toBe(expected)
  })
})

it('a period never reaches beyond today, and the one before ends right before it or earlier', () => {
  const expression = fc.oneof(
    fc.record({ kind: fc.constantFrom('day', 'week', 'month', 'year'), offset: fc.integer({ min: -30, max: 0 }) }),
    fc.record({ kind: fc.constant('last_days' as const), days: fc.integer({ min: 1, max: 400 }) }),
    fc.record({
      kind: fc.constant('named_month' as const),
      month: fc.integer({ min: 1, max: 12 }),
      year: fc.constant(undefined)
    })
  ) as fc.Arbitrary<PeriodExpression>
  fc.assert(
    fc.property(expression, fc.integer({ min: 0, max: 4000 }), (made, day) => {
      const today = addDays('2020-01-01', day)
      const period = periodOf(made, today)
      if (!period) throw new Error('Every one of these has begun')
      const before = periodBefore(period)
      expect(period.from <= period.to).toBe(true)
      expect(period.to <= today).toBe(true)
      expect(before.from <= before.to).toBe(true)
      expect(before.to < period.from).toBe(true)
      if (period.partial)
        expect(daysBetween(before.from, before.to)).toBeLessThanOrEqual(daysBetween(period.from, period.to))
    })
  )
})
