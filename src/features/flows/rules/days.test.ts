import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DayAnswer, dayAt, isDay, readDay, spanOf } from './days.ts'

const TODAY = '2026-11-28'
const any: DayAnswer = { type: 'date' }
const birthday: DayAnswer = { type: 'date', min: '-120y', max: 'today', shows: '1990-01-01' }
const visit: DayAnswer = { type: 'date', min: '+1d', max: '+60d' }
const read = (said: string, answer = any) => {
  const reading = readDay(said, answer, TODAY)
  return reading.kind === 'day' ? reading.day : reading.kind
}

test.each([
  ['today', TODAY],
  ['+7d', '2026-12-05'],
  ['-1d', '2026-11-27'],
  ['-18y', '2008-11-28'],
  ['2027-01-31', '2027-01-31']
])('%s is the day %s', (bound, day) => expect(dayAt(bound, TODAY)).toBe(day))

test('a year from 29 February is 28 February', () => {
  expect(dayAt('+1y', '2028-02-29')).toBe('2029-02-28')
  expect(dayAt('-4y', '2028-02-29')).toBe('2024-02-29')
})

test.each([
  ['2026-11-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['1899-12-31', false],
  ['2101-01-01', false],
  ['2026-1-2', false],
  ['あした', false]
])('whether %s is a day: %s', (text, is) => expect(isDay(text)).toBe(is))

describe('a day as people type it', () => {
  test.each([
    ...[
      '2026-12-03',
      '2026/12/3',
      '2026.12.03',
      '2026年12月3日',
      '20261203',
      '12/3',
      '12月3日',
      '12-03',
      '12月3日です。'
    ],
    '12/3でお願いします'
  ])('%s is 3 December', (said) => expect(read(said)).toBe('2026-12-03'))

  test.each([
    ['きょう', TODAY],
    ['today', TODAY],
    ['明日', '2026-11-29'],
    ['あしたで', '2026-11-29'],
    ['tomorrow', '2026-11-29'],
    ['明後日', '2026-11-30'],
    ['昨日', '2026-11-27']
  ])('%s is counted from today', (said, day) => expect(read(said)).toBe(day))

  test.each(['', '来週', '12', '3時', '今日は何時まで？', '2026年', '12/3の19時', '1/2/3'])('%s is no day', (said) =>
    expect(read(said)).toBe('none')
  )

  test.each(['2026-02-30', '13/1', '2/30', '2150-01-01'])('%s is a day that there is not', (said) =>
    expect(read(said)).toBe('outside')
  )

  test('without its year it is the one closest by that is taken', () => {
    expect(read('1/5')).toBe('2027-01-05')
    expect(read('10/5')).toBe('2026-10-05')
    expect(read('1/5', visit)).toBe('2027-01-05')
    expect(read('11/27', visit)).toBe('outside')
    expect(read('11/28', { type: 'date', max: '-1d', min: '-1y' })).toBe('2025-11-28')
  })

  test('a birthday needs its year', () => {
    expect(read('5/12', birthday)).toBe('needs_year')
    expect(read('1990/5/12', birthday)).toBe('1990-05-12')
    expect(read('あした', birthday)).toBe('outside')
  })
})

const bounds = fc.oneof(
  fc.constantFrom('today', '1900-01-01', '2100-12-31'),
  fc.integer({ min: -400, max: 400 }).map((days) => `${days < 0 ? '' : '+'}${days}d`)
)

test('the calendar opens within what it shows, and what it shows is taken however it is typed', () => {
  fc.assert(
    fc.property(bounds, bounds, bounds, (min, max, shows) => {
      const answer: DayAnswer = { type: 'date', min, max, shows }
      const span = spanOf(answer, TODAY)
      fc.pre(span.from <= span.until)
      expect(span.from <= span.shows && span.shows <= span.until).toBe(true)
      for (const day of [span.from, span.until, span.shows])
        for (const said of [day, day.replaceAll('-', '/'), day.replaceAll('-', '')])
          expect(read(said, answer)).toBe(day)
    })
  )
})
