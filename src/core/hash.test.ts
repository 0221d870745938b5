import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, equalBytes, hmacSha256, sha256Hex } from './hash.ts'

test('SHA-256 and HMAC-SHA256 agree with the published vectors', () => {
  // FIPS 180-4 "abc"; RFC 4231 test case 2
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hmacSha256('Jefe', 'what do ya want ', 'for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  )
})

test('bytes of different lengths are unequal, not an error', () => {
  expect(equalBytes(Buffer.from('ab'), Buffer.from('abc'))).toBe(false)
  expect(equalBytes(Buffer.from('abc'), Buffer.from('abc'))).toBe(true)
  expect(equalBytes(Buffer.from('abd'), Buffer.from('abc'))).toBe(false)
})

test('canonical JSON does not depend on the order of keys, at any depth, and still parses to the value', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    })
  )
})
