import { describe, expect, test } from 'vitest'
import { cronFault, latestTime } from './cron.ts'

describe('the latest time of an expression', () => {
  test.each([
    // To the minute, and the instant itself counts.
    ['0 10 * * *', 'Asia/Tokyo', '2026-05-01T01:00:00Z', '2026-05-01T01:00:00Z'],
    ['0 10 * * *', 'Asia/Tokyo', '2026-05-01T00:59:59Z', '2026-04-30T01:00:00Z'],
    ['0 10 * * *', 'Asia/Tokyo', '2026-05-01T01:00:30Z', '2026-05-01T01:00:00Z'],
    // Months that have no such day are passed over; L is their last.
    ['0 10 31 * *', 'Asia/Tokyo', '2026-05-01T00:00:00Z', '2026-03-31T01:00:00Z'],
    ['0 10 L * *', 'Asia/Tokyo', '2026-05-01T00:00:00Z', '2026-04-30T01:00:00Z'],
    ['0 10 29 2 *', 'Asia/Tokyo', '2026-05-01T00:00:00Z', '2024-02-29T01:00:00Z'],
    // Weekdays: the Monday before.
    ['0 9 * * 1', 'Asia/Tokyo', '2026-11-28T00:00:00Z', '2026-11-23T00:00:00Z'],
    // Clocks that go back show 1:30 twice, and it counts once; those that go forward skip 2:30.
    ['30 1 * * *', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T05:30:00Z'],
    ['30 1 * * *', 'America/New_York', '2026-11-01T06:30:00Z', '2026-11-01T05:30:00Z'],
    ['30 2 * * *', 'America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T07:00:00Z'],
    ['0 10 * * *', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T08:00:00Z'],
    ['0 10 * * *', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25T09:00:00Z']
  ])('%s in %s, looked at %s', (expression, timeZone, at, expected) => {
    expect(latestTime(expression, timeZone, new Date(at))).toEqual(new Date(expected))
  })
})

describe('what is wrong with an expression', () => {
  test.each([
    '0 10 1 * *',
    '*/5 * * * *',
    '0 10 29 2 *',
    '0 10 L * *',
    '0 9 * * mon-fri',
    '0 0 31 2 1',
    '0 0 31 */2 *',
    '0 0 31 4-6 *',
    '0 0 5-31 2 *'
  ])('%s is good', (expression) => expect(cronFault(expression)).toBeUndefined())

  test.each([
    ['0 10 1 *', 'write five fields'],
    ['0 0 10 1 * *', 'write five fields'],
    ['@daily', 'write five fields'],
    ['61 10 1 * *', 'Invalid value for minute'],
    ['0 10 x * *', 'such as "0 10 1 * *"'],
    ['0 10 31 2 *', 'never fire'],
    ['0 10 31 4,6,9,11 *', 'never fire'],
    ['0 10 31 APR-JUN/2 *', 'never fire'],
    ['0 10 30,31 feb *', 'never fire']
  ])('%s is told: %s', (expression, told) => expect(cronFault(expression)).toContain(told))
})
