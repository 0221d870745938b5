import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yenIn } from './amount.ts'

test.each([
  ['1200', 1200],
  ['1,200', 1200],
  ['¥1,200', 1200],
  ['￥１，２００', 1200],
  ['1,200円', 1200],
  ['１２００円（税込）', 1200],
  ['\\1,200', 1200],
  ['1200.00', 1200],
  ['JPY 1200', 1200],
  ['0', 0],
  ['-500', -500],
  ['△500', -500],
  ['▲1,500', -1500],
  ['(500)', -500],
  ['-0', 0]
])('%s is %d yen', (text, yen) => expect(yenIn(text)).toBe(yen))

test.each(['', '円', '12.5', 'abc', '1e20', 'NaN', 'Infinity', '0x10', '--5', '12 00x', '1.2.3', '9'.repeat(30)])(
  '"%s" is no amount',
  (text) => expect(yenIn(text)).toBeUndefined()
)

test('another unit becomes yen, without the errors of binary fractions', () => {
  expect(yenIn('29.33', 100)).toBe(2933)
  expect(yenIn('1.5', 1000)).toBe(1500)
  expect(yenIn('29.335', 100)).toBeUndefined()
})

test('every amount is read as it is written in Japan', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (yen) => {
      expect(yenIn(`¥${yen.toLocaleString('ja-JP')}`)).toBe(yen)
    })
  )
})
