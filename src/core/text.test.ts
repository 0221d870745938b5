import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparable, graphemeCount, storable, truncate } from './text.ts'

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) })

test('what is storable has no NUL and no lone surrogate, whatever came in', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const safe = storable(text)
      expect(safe.isWellFormed()).toBe(true)
      expect(safe).not.toContain('\u0000')
    })
  )
})

test('storable leaves ordinary text alone', () => {
  expect(storable('予約が取れない 😢')).toBe('予約が取れない 😢')
})

test.each([
  ['ＳＴＡＭＰ ', 'stamp'],
  ['ｽﾀﾝﾌﾟ', 'スタンプ'],
  ['　スタンプ　', 'スタンプ'],
  ['８', '8']
])('"%s" compares as "%s"', (text, same) => expect(comparable(text)).toBe(same))

test('a family emoji and a flag are one character each', () => {
  expect(graphemeCount('👨‍👩‍👧🇯🇵が')).toBe(3)
})

test('truncated text fits, and is never cut inside a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      const short = truncate(text, max)
      expect(short.length).toBeLessThanOrEqual(max)
      expect(short.isWellFormed()).toBe(true)
      if (text.length <= max) expect(short).toBe(text)
      else expect(short.endsWith('…')).toBe(true)
    })
  )
})
