import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addDuration,
  atLocalTime,
  dayOf,
  daysBetween,
  durationMs,
  endOfPeriod,
  firstOfMonth,
  formatDate,
  formatDay,
  formatTime,
  lastDayOf,
  startOfDay
} from './time.ts'

const TOKYO = 'Asia/Tokyo'
const anInstant = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })

describe('durations', () => {
  test.each([
    ['30m', 1_800_000],
    ['12h', 43_200_000],
    ['3d', 259_200_000],
    ['0d', 0]
  ])('%s lasts %d ms', (text, ms) => expect(durationMs(text)).toBe(ms))

  test.each(['', '3', 'd', '-1d', '1.5h', '3 d', '1w', '999999d'])('"%s" is refused by name', (text) => {
    expect(() => durationMs(text)).toThrow(`"${text}" is not a duration`)
  })

  test('a duration later is that much later', () => {
    expect(addDuration(new Date('2026-11-21T00:00:00Z'), '36h')).toEqual(new Date('2026-11-22T12:00:00Z'))
  })
})

describe('days in a time zone', () => {
  test.each([
    ['2025-03-31T15:30:00Z', TOKYO, '2025-04-01'],
    ['2025-03-31T14:59:59.999Z', TOKYO, '2025-03-31'],
    ['2026-03-08T09:59:00Z', 'America/Los_Angeles', '2026-03-08'],
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31']
  ])('%s in %s is %s', (at, zone, day) => expect(dayOf(new Date(at), zone)).toBe(day))

  test.each([TOKYO, 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'UTC'])(
    'in %s every instant lies within the day it belongs to',
    (zone) => {
      fc.assert(
        fc.property(anInstant, (at) => {
          const day = dayOf(at, zone)
          expect(startOfDay(day, zone).getTime()).toBeLessThanOrEqual(at.getTime())
          expect(startOfDay(addDays(day, 1), zone).getTime()).toBeGreaterThan(at.getTime())
        })
      )
    }
  )

  test('a day that is no day is refused', () => {
    expect(() => startOfDay('2026-13-01', TOKYO)).toThrow('is not a day')
  })

  test('an instant is found again from what the clocks of a zone show at it', () => {
    expect(atLocalTime('2026-11-21', 10 * 3_600_000, TOKYO).toISOString()).toBe('2026-11-21T01:00:00.000Z')
    expect(atLocalTime('2026-01-01', 9 * 3_600_000, 'Europe/Paris').toISOString()).toBe('2026-01-01T08:00:00.000Z')
    expect(atLocalTime('2026-07-01', 9 * 3_600_000, 'Europe/Paris').toISOString()).toBe('2026-07-01T07:00:00.000Z')
  })

  test('adding days and counting them agree, across months and leap years', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: -4000, max: 4000 }), (at, count) => {
        const day = dayOf(at, 'UTC')
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      })
    )
  })

  test.each([
    ['2026-11-21', 0, '2026-11-01'],
    ['2026-01-31', -1, '2025-12-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-31', -13, '2025-02-01']
  ])('the month of %s moved by %d begins on %s', (day, count, first) => {
    expect(firstOfMonth(day, count)).toBe(first)
  })
})

test('dates read naturally in both languages, in the shop’s time zone', () => {
  const at = new Date('2026-11-21T15:05:00Z')
  expect(formatDay(at, 'ja', TOKYO)).toBe('2026年11月22日(日)')
  expect(formatDay(at, 'en', TOKYO)).toBe('Sun, Nov 22, 2026')
  expect(formatDate(at, 'ja', TOKYO)).toBe('2026年11月22日')
  expect(formatDate(at, 'en', TOKYO)).toBe('Nov 22, 2026')
  expect(formatTime(at, 'ja', TOKYO)).toBe('11/22 00:05')
  expect(formatTime(at, 'en', TOKYO)).toBe('Nov 22, 00:05')
})

describe('a period of days ends at midnight in Japan', () => {
  test.each([
    ['from noon', '2026-11-21T12:00:00+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['from the first moment of a day', '2026-11-21T00:00:00+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['from the last moment of a day', '2026-11-21T23:59:59.999+09:00', '60d', '2027-01-21T00:00:00+09:00'],
    ['when the day in Japan is not the day in UTC', '2026-11-20T20:00:00Z', '1d', '2026-11-23T00:00:00+09:00'],
    ['over a leap day', '2028-02-28T10:00:00+09:00', '1d', '2028-03-01T00:00:00+09:00'],
    ['a year', '2026-11-21T10:00:00+09:00', '365d', '2027-11-22T00:00:00+09:00']
  ])('%s', (_what, from, days, end) => expect(endOfPeriod(new Date(from), days, 'Asia/Tokyo')).toEqual(new Date(end)))

  test('its last day is the one that people are told', () => {
    const end = endOfPeriod(new Date('2026-11-21T10:00:00+09:00'), '60d', 'Asia/Tokyo')
    expect(dayOf(lastDayOf(end), 'Asia/Tokyo')).toBe('2027-01-20')
  })

  test('it ends at midnight also where clocks change', () => {
    expect(endOfPeriod(new Date('2026-03-07T12:00:00-05:00'), '1d', 'America/New_York')).toEqual(
      new Date('2026-03-09T00:00:00-04:00')
    )
  })
})
