import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBase32, decodeNumber, encodeBytes, encodeNumber } from './base32.ts'

test('bytes become characters of five bits, the first bits first', () => {
  expect(encodeBytes(Uint8Array.from([0xff, 0x00]), 3)).toBe('ZW0')
  expect(encodeBytes(Uint8Array.from([0x00, 0x44, 0x32, 0x14, 0xc7]), 8)).toBe('01234567')
})

test('too few bytes and too large numbers are refused rather than cut', () => {
  expect(() => encodeBytes(Uint8Array.from([1]), 2)).toThrow()
  expect(() => encodeNumber(32, 1)).toThrow()
  expect(() => encodeNumber(-1, 6)).toThrow()
  expect(() => encodeNumber(1.5, 6)).toThrow()
})

test('a number comes back as it was written', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 30 - 1), (value) => {
      const text = encodeNumber(value, 6)
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
      expect(decodeNumber(text)).toBe(value)
    })
  )
})

test.each([
  ['o0il1', '00111'],
  ['abcXYZ', 'ABCXYZ'],
  ['u', undefined],
  ['a-b', undefined],
  ['あ', undefined],
  ['', '']
])('%j is read as %j', (typed, expected) => expect(canonicalBase32(typed)).toBe(expected))
