import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toldAttribute } from './attribute.ts'

const context = { timeZone: 'Asia/Tokyo', today: '2026-11-21' }
const told = (name: string, value: unknown, on = context) => {
  const result = toldAttribute(name, value, on)
  return result.ok ? [result.value.value, result.value.coarse] : 'bad'
}

describe('a birthday', () => {
  test.each([
    ['1990-05-12', '1990-05-12', '05-12'],
    ['1990/5/12', '1990-05-12', '05-12'],
    ['１９９０年５月１２日', '1990-05-12', '05-12'],
    ['19900512', '1990-05-12', '05-12'],
    [19900512, '1990-05-12', '05-12'],
    ['2000-02-29', '2000-02-29', '02-29'],
    ['--02-29', '--02-29', '02-29'],
    ['5月12日', '--05-12', '05-12'],
    ['05-12', '--05-12', '05-12'],
    // new Date('1990-05-12') and new Date(1990, 4, 12) in Japan, as JSON writes them.
    ['1990-05-12T00:00:00.000Z', '1990-05-12', '05-12'],
    ['1990-05-11T15:00:00.000Z', '1990-05-12', '05-12'],
    ['2026-11-21', '2026-11-21', '11-21'],
    ['1900-01-01', '1900-01-01', '01-01']
  ])('%s is %s, found by %s', (given, value, monthDay) => expect(told('birthday', given)).toEqual([value, monthDay]))

  test.each([
    '2026-11-22',
    '2100-01-01',
    '1899-12-31',
    '1990-02-29',
    '1990-13-01',
    '1990-00-10',
    '1990-05',
    'May',
    '12'
  ])('%s is none', (given) => expect(told('birthday', given)).toBe('bad'))

  test('midnight in UTC is the day it names, west of Greenwich as well', () =>
    expect(told('birthday', '1990-05-12T00:00:00.000Z', { ...context, timeZone: 'America/Los_Angeles' })).toEqual([
      '1990-05-12',
      '05-12'
    ]))

  test('every day since 1900, however it is written, is found by its month and day', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-20'), noInvalidDate: true }),
        fc.constantFrom('-', '/', '.'),
        (at, mark) => {
          const day = at.toISOString().slice(0, 10)
          expect(told('birthday', day.replaceAll('-', mark))).toEqual([day, day.slice(5)])
        }
      )
    ))
})

describe('a gender', () => {
  test.each([
    ['女性', 'female'],
    ['Female', 'female'],
    ['Ｆ', 'female'],
    ['男', 'male'],
    ['その他', 'other']
  ])('%s is %s', (given, gender) => expect(told('gender', given)).toEqual([gender, gender]))
  test('a word that is none is not kept', () => expect(told('gender', '不明')).toBe('bad'))
})

describe('a prefecture', () => {
  test.each([
    ['東京', '東京都'],
    ['東京都', '東京都'],
    ['Tokyo', '東京都'],
    ['JP-13', '東京都'],
    ['ＪＰ−13', 'bad'],
    ['Ōsaka-fu', '大阪府'],
    ['Kanagawa Prefecture', '神奈川県'],
    ['京都', '京都府'],
    ['北海道', '北海道'],
    ['JP-47', '沖縄県'],
    ['California', 'bad']
  ])('%s is %s', (given, name) => expect(told('prefecture', given)).toEqual(name === 'bad' ? 'bad' : [name, name]))
})

describe('others', () => {
  test.each([
    ['favourite', '深煎り ', ['深煎り', undefined]],
    ['好きな席', '窓側', ['窓側', undefined]],
    ['points', 12.5, ['12.5', undefined]],
    ['vip', false, ['false', undefined]],
    ['vip', null, [null, undefined]],
    ['name', '  ', [null, undefined]],
    ['birthday', '', [null, undefined]]
  ])('%s %j', (name, value, expected) => expect(told(name, value)).toEqual(expected))

  test.each([
    ['a value that is no plain one', 'x', { a: 1 }],
    ['a number that is none', 'x', Number.NaN],
    ['nothing', 'x', undefined],
    ['a text too long', 'x', 'あ'.repeat(1_001)],
    ['a long name of a person', 'name', 'a'.repeat(101)],
    ['a name with an address in it', 'mail a@b.jp', 'x'],
    ['a name with a telephone number in it', 'tel 09012345678', 'x'],
    ['no name', ' ', 'x'],
    ['a name that reaches into prototypes', '__proto__', 'x'],
    ['a name too long', 'a'.repeat(61), 'x']
  ])('%s is refused', (_what, name, value) => expect(told(name, value)).toBe('bad'))

  test('whatever comes, nothing throws, and what is kept can be stored', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.anything(), (name, value) => {
        const result = toldAttribute(name, value, context)
        if (!result.ok) return
        const texts = [result.value.name, result.value.value ?? '', result.value.coarse ?? '']
        expect(texts.every((text) => text.isWellFormed() && !text.includes('\u0000'))).toBe(true)
      })
    ))
})

describe('a time zone', () => {
  test.each([
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['america/new_york', 'America/New_York'],
    ['+09:00', 'bad'],
    ['Tokyo', 'bad'],
    ['Mars/Olympus', 'bad']
  ])('%s is %s', (given, name) => expect(told('timezone', given)).toEqual(name === 'bad' ? 'bad' : [name, name]))
})
