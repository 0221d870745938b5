import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { quietUntil } from './quiet.ts'

const NIGHT = { from: 21, to: 9 }
const until = (at: string, zone = 'Asia/Tokyo', hours = NIGHT) => quietUntil(new Date(at), zone, hours)?.toISOString()

describe('quietUntil', () => {
  it.each([
    ['2026-11-21T20:59:59+09:00', undefined],
    ['2026-11-21T21:00:00+09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-21T23:59:59+09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T00:00:00+09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T08:59:59+09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T09:00:00+09:00', undefined],
    ['2026-12-31T22:00:00+09:00', '2027-01-01T00:00:00.000Z'],
    ['2028-02-28T22:00:00+09:00', '2028-02-29T00:00:00.000Z']
  ])('from 21 to 9, at %s: %s', (at, end) => {
    expect(until(at)).toBe(end)
  })

  it('is over at the hour that clocks show, also on the night they change', () => {
    expect(until('2026-03-07T23:00:00-05:00', 'America/New_York')).toBe('2026-03-08T13:00:00.000Z')
    expect(until('2026-10-31T23:00:00-04:00', 'America/New_York')).toBe('2026-11-01T14:00:00.000Z')
  })

  it('may lie within one day', () => {
    expect(until('2026-11-21T13:30:00+09:00', 'Asia/Tokyo', { from: 13, to: 14 })).toBe('2026-11-21T05:00:00.000Z')
    expect(until('2026-11-21T14:00:00+09:00', 'Asia/Tokyo', { from: 13, to: 14 })).toBeUndefined()
  })
})

test('what waits for the end of the quiet hours does not wait again, and less than a day', () => {
  const zone = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe', 'UTC')
  const at = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(
      zone,
      at,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 23 }),
      (timeZone, now, from, hours) => {
        const quiet = { from, to: (from + hours) % 24 }
        const end = quietUntil(now, timeZone, quiet)
        if (!end) return
        expect(end.getTime() - now.getTime()).toBeGreaterThan(0)
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        expect(quietUntil(end, timeZone, quiet)).toBeUndefined()
      }
    ),
    { numRuns: 300 }
  )
})
