import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newcombe, wilson } from './interval.ts'

describe('Wilson’s interval', () => {
  // Reference figures computed with statsmodels.
  it.each([
    [80, 100, 0.7111708344068411, 0.8666330666689676],
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371106, 1]
  ])('of %d of %d', (successes, n, low, high) => {
    expect(wilson(successes, n)?.low).toBeCloseTo(low, 9)
    expect(wilson(successes, n)?.high).toBeCloseTo(high, 9)
  })
  it('holds the share it is for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const successes = Math.round(n * share)
        const interval = wilson(successes, n)
        expect(interval?.low).toBeLessThanOrEqual(successes / n + 1e-9)
        expect(interval?.high).toBeGreaterThanOrEqual(successes / n - 1e-9)
      })
    )
  })
})

describe('Newcombe’s interval of a difference', () => {
  // Method 10 in table II of Newcombe 1998, to the four places that are printed there.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1]
  ])('of %d of %d and %d of %d', (a, m, b, n, low, high) => {
    const interval = newcombe({ successes: a, n: m }, { successes: b, n })
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })
  it('of nobody there is none', () => {
    expect(newcombe({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toBeUndefined()
    expect(newcombe({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toBeUndefined()
  })
})
