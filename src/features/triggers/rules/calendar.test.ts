import { describe, expect, test } from 'vitest'
import { anniversariesOn, datesIn, monthDaysOf } from './calendar.ts'

const TEN = 10 * 3_600_000
const window = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) })

describe('the dates whose moment lies in a window', () => {
  test.each([
    // The moment itself belongs to the window that ends with it, and to no other.
    ['Asia/Tokyo', '2026-05-12T00:59:00Z', '2026-05-12T01:00:00Z', 0, ['2026-05-12']],
    ['Asia/Tokyo', '2026-05-12T01:00:00Z', '2026-05-12T01:01:00Z', 0, []],
    // Two days down.
    ['Asia/Tokyo', '2026-05-12T00:00:00Z', '2026-05-14T00:00:00Z', 0, ['2026-05-12', '2026-05-13']],
    // Before and after, over the ends of months and years.
    ['Asia/Tokyo', '2026-12-29T00:00:00Z', '2026-12-29T02:00:00Z', -7, ['2027-01-05']],
    ['Asia/Tokyo', '2028-03-01T00:00:00Z', '2028-03-01T02:00:00Z', 1, ['2028-02-29']],
    ['Asia/Tokyo', '2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z', 1, ['2026-02-28']],
    ['Asia/Tokyo', '2026-05-31T00:00:00Z', '2026-05-31T02:00:00Z', -1, ['2026-06-01']],
    // At ten by the clocks of the shop, on both sides of their changes.
    ['America/New_York', '2026-03-08T13:59:00Z', '2026-03-08T14:00:00Z', 0, ['2026-03-08']],
    ['America/New_York', '2026-03-07T14:59:00Z', '2026-03-07T15:00:00Z', 0, ['2026-03-07']],
    ['Europe/Berlin', '2026-10-25T08:59:00Z', '2026-10-25T09:00:00Z', 0, ['2026-10-25']],
    ['Pacific/Auckland', '2026-01-01T20:59:00Z', '2026-01-01T21:00:00Z', 0, ['2026-01-02']]
  ])('%s, from %s until %s, %d days off: %j', (timeZone, from, until, shiftDays, expected) => {
    expect(datesIn(window(from, until), { shiftDays, atMs: TEN }, timeZone)).toEqual(expected)
  })

  test('every day of two years has one moment, whatever the windows and the changes of clocks', () => {
    for (const timeZone of ['Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe']) {
      const found: string[] = []
      let from = new Date('2027-01-01T12:00:00Z')
      while (from < new Date('2029-01-01T00:00:00Z')) {
        const until = new Date(from.getTime() + 7 * 3_600_000)
        found.push(...datesIn({ from, until }, { shiftDays: 0, atMs: 2.5 * 3_600_000 }, timeZone))
        from = until
      }
      expect(new Set(found).size).toBe(found.length)
      expect(found.length).toBeGreaterThanOrEqual(730)
    }
  })
})

test.each([
  ['2026-05-12', ['05-12']],
  ['2026-02-28', ['02-28', '02-29']],
  ['2028-02-28', ['02-28']],
  ['2028-02-29', ['02-29']],
  ['2100-02-28', ['02-28', '02-29']],
  ['2026-03-01', ['03-01']]
])('on %s the birthdays of %j are kept', (day, expected) => expect(monthDaysOf(day)).toEqual(expected))

describe('anniversaries', () => {
  test('are those of earlier years, by the days of the time zone', () => {
    expect(anniversariesOn('2026-05-12', 'Asia/Tokyo').slice(0, 2)).toEqual([
      { from: new Date('2025-05-11T15:00:00Z'), until: new Date('2025-05-12T15:00:00Z') },
      { from: new Date('2024-05-11T15:00:00Z'), until: new Date('2024-05-12T15:00:00Z') }
    ])
  })

  test('of 29 February are kept on the 28th in years without one', () => {
    const from = (day: string) => anniversariesOn(day, 'UTC').map((span) => span.from.toISOString().slice(0, 10))
    expect(from('2026-02-28')).toContain('2024-02-29')
    expect(from('2026-02-28')).toContain('2025-02-28')
    expect(from('2028-02-28')).not.toContain('2024-02-29')
    expect(from('2028-02-29')).toContain('2024-02-29')
    expect(from('2026-03-01')).not.toContain('2024-02-29')
  })
})
