import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayIn, momentReader } from './moment.ts'

const tokyo = momentReader({ timeZone: 'Asia/Tokyo' })
const shown = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString())

describe('a date is read however people and programs in Japan write it', () => {
  test.each([
    ['2026/1/5', '2026-01-04T15:00:00.000Z'],
    ['2026-01-05', '2026-01-04T15:00:00.000Z'],
    ['2026.1.5', '2026-01-04T15:00:00.000Z'],
    ['20260105', '2026-01-04T15:00:00.000Z'],
    ['2026年1月5日', '2026-01-04T15:00:00.000Z'],
    ['2026年1月5日(月) 10時20分', '2026-01-05T01:20:00.000Z'],
    ['２０２６／１／５　１０：２０', '2026-01-05T01:20:00.000Z'],
    ['令和8年1月5日', '2026-01-04T15:00:00.000Z'],
    ['令和元年5月1日', '2019-04-30T15:00:00.000Z'],
    ['R8.1.5 9:05', '2026-01-05T00:05:00.000Z'],
    ['H31/4/30', '2019-04-29T15:00:00.000Z'],
    ['2026-01-05 10:20', '2026-01-05T01:20:00.000Z'],
    ['2026-01-05T10:20:30', '2026-01-05T01:20:30.000Z'],
    ['2026/01/05 10:20:30.123', '2026-01-05T01:20:30.000Z'],
    ['2026/1/5 午後3:04', '2026-01-05T06:04:00.000Z'],
    ['2026/1/5 12:00 AM', '2026-01-04T15:00:00.000Z'],
    ['202601051020', '2026-01-05T01:20:00.000Z'],
    ['20260105102030', '2026-01-05T01:20:30.000Z'],
    ['46027', '2026-01-04T15:00:00.000Z'],
    ['46027.430555556', '2026-01-05T01:20:00.000Z'],
    ['2026-01-05T10:20:00Z', '2026-01-05T10:20:00.000Z'],
    ['2026-01-05T10:20:00+09:00', '2026-01-05T01:20:00.000Z'],
    ['2025-10-07 09:50:26 +0200', '2025-10-07T07:50:26.000Z']
  ])('%s', (text, at) => expect(shown(tokyo(text))).toBe(at))
})

test.each([
  ...['', 'きのう', '2026/13/1', '2026-02-30', '2026/1/5 25:00', '2026/1/5 10:75', '2026/1/5 13:00 PM', '26/1/5'],
  ...['1234', '99999', '32873', '令和8年', '明日2026/1/5', '2026/1/5 10:20 ごろ', '2026-02-30T00:00:00Z']
])('"%s" is no date', (text) => expect(tokyo(text)).toBe('bad_date'))

describe('where the year stands last', () => {
  test('nobody can know which is the month', () => expect(tokyo('01/05/2026')).toBe('date_order'))
  test.each([
    ['mdy', '2026-01-05T01:20:00.000Z'],
    ['dmy', '2026-05-01T01:20:00.000Z']
  ] as const)('%s says so', (dateOrder, at) => {
    expect(shown(momentReader({ timeZone: 'Asia/Tokyo', dateOrder })('01/05/2026 10:20'))).toBe(at)
  })
})

test('a time on the day of a clock change is the one that clocks show', () => {
  const newYork = momentReader({ timeZone: 'America/New_York' })
  expect(shown(newYork('2026-03-08 12:00'))).toBe('2026-03-08T16:00:00.000Z')
  expect(shown(newYork('2026-03-09 12:00'))).toBe('2026-03-09T16:00:00.000Z')
  expect(shown(newYork('2026-03-07 12:00'))).toBe('2026-03-07T17:00:00.000Z')
})

test('what is read is what was written, on every day and at every minute', () => {
  const anInstant = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(anInstant, (at) => {
      const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
      const local = new Date(minute.getTime() + 9 * 3_600_000).toISOString()
      expect(tokyo(local.slice(0, 16).replaceAll('-', '/').replace('T', ' '))).toEqual(minute)
    })
  )
})

test('whatever stands in a cell, reading it never fails otherwise', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789/-:.年月日時分TZ+ 午後R令和元'), maxLength: 20 }),
      (text) => {
        const at = tokyo(text)
        expect(typeof at === 'string' || !Number.isNaN(at.getTime())).toBe(true)
      }
    )
  )
})

test.each([
  ['1990/4/1', '1990-04-01'],
  ['昭和60年12月3日', '1985-12-03'],
  ['S60.12.3', '1985-12-03'],
  ['31384', '1985-12-03'],
  ['1985-12-03 00:00:00', '1985-12-03'],
  ['12/03/1985', 'date_order']
])('a birthday %s', (text, day) => expect(dayIn(text)).toBe(day))
