import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deeperThan, parseBody } from './parse-body.ts'

const depthOf = (value: unknown): number =>
  value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

test('the depth of any JSON is judged as the parser would, brackets in strings aside', () => {
  const value = fc.jsonValue({ maxDepth: 6, stringUnit: fc.constantFrom('[', '{', '"', '\\', ']', '}', 'あ', '𠮷') })
  fc.assert(
    fc.property(value, fc.nat(7), (json, limit) => {
      expect(deeperThan(limit, Buffer.from(JSON.stringify(json)))).toBe(depthOf(json) > limit)
    })
  )
})

test.each([['[[[['], [']]]]'], ['"unclosed'], ['"\\'], ['']])('%j does not upset it', (text) => {
  expect(deeperThan(100, Buffer.from(text))).toBe(false)
  expect(parseBody(Buffer.from(text))).toBeUndefined()
})

test('100 levels are read, 101 are not', () => {
  const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))
  expect(parseBody(nested(100))).toBeDefined()
  expect(parseBody(nested(101))).toBeUndefined()
})
