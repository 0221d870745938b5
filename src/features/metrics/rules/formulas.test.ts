import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nps, npsInterval } from './nps.ts'
import { retention, retentionInterval } from './retention.ts'

const counts = (promoters: number, passives: number, detractors: number) => ({ promoters, passives, detractors })

describe('NPS', () => {
  // Reference figures computed with scipy: adjusted Wald, three imaginary answers.
  it.each([
    [counts(50, 30, 20), 30, 14.051130178761607, 44.20129700570441],
    [counts(9, 1, 0), 90, 38.079226869568636, 100],
    [counts(0, 0, 5), -100, -100, -17.49145303416897]
  ])('%j is %d, between %d and %d', (given, value, low, high) => {
    expect(nps(given)).toBeCloseTo(value, 10)
    expect(npsInterval(given)?.low).toBeCloseTo(low, 6)
    expect(npsInterval(given)?.high).toBeCloseTo(high, 6)
  })
  it('is nothing without answers, not 0', () => {
    expect(nps(counts(0, 0, 0))).toBeNull()
    expect(npsInterval(counts(0, 0, 0))).toBeUndefined()
  })
  it('lies within −100 and 100, and so does its interval', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (promoters, passives, detractors) => {
        const given = counts(promoters, passives, detractors)
        const value = nps(given)
        const interval = npsInterval(given)
        if (value === null || !interval) return
        expect(Math.abs(value)).toBeLessThanOrEqual(100)
        expect(interval.low).toBeGreaterThanOrEqual(-100)
        expect(interval.high).toBeLessThanOrEqual(100)
        expect(interval.low).toBeLessThan(interval.high)
      })
    )
  })
})

describe('retention', () => {
  it.each([
    [100, 80, 0.8],
    [200, 160, 0.8],
    [50, 0, 0]
  ])('of %d at the start with %d kept is %d', (atStart, kept, rate) => {
    expect(retention({ atStart, kept })).toBe(rate)
  })
  it('is nothing when nobody was there at the start, not 0 and not 100 %', () => {
    expect(retention({ atStart: 0, kept: 0 })).toBeNull()
    expect(retentionInterval({ atStart: 0, kept: 0 })).toBeUndefined()
  })
})
