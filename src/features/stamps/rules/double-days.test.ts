import { describe, expect, test } from 'vitest'
import { doubleDay, stampsOn } from './double-days.ts'

const day = (entry: object) => doubleDay.parse(entry)

describe('how many stamps a visit brings', () => {
  // 2026-11-21 is a Saturday.
  test.each([
    ['a day that is not listed', [{ weekdays: ['sun'] }], 1],
    ['its weekday', [{ weekdays: ['sat', 'sun'] }], 2],
    ['its date', [{ dates: ['2026-11-21'], times: 3 }], 3],
    ['its day of the month', [{ days_of_month: [1, 21] }], 2],
    ['one list of several', [{ weekdays: ['mon'], days_of_month: [21] }], 2],
    [
      'the best of several entries',
      [{ weekdays: ['sat'], times: 2 }, { days_of_month: [21], times: 5 }, { dates: ['2026-11-21'] }],
      5
    ]
  ])('on %s', (_what, entries, expected) => {
    expect(stampsOn('2026-11-21', entries.map(day))).toBe(expected)
  })

  test('where there are no such days, one', () => expect(stampsOn('2026-11-21')).toBe(1))

  test.each([
    {},
    { times: 3 },
    { weekdays: [] },
    { weekdays: ['saturday'] },
    { dates: ['24/12'] },
    { days_of_month: [32] },
    { weekdays: ['sat'], times: 1 }
  ])('an entry such as %j says nothing that could be kept', (entry) =>
    expect(doubleDay.safeParse(entry).success).toBe(false)
  )
})
