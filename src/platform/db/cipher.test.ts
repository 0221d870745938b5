import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldCipher, ownKeysIn, type RingKey } from './cipher.ts'
import { parseKeys } from './parse-keys.ts'

const key = (id: string, fill: number): RingKey => ({ id, bytes: new Uint8Array(32).fill(fill) })
const cipher = fieldCipher([key('k1', 1)])

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(cipher.open('customer.name', cipher.seal('customer.name', text))).toBe(text)
    })
  )
})

test('the same text is never sealed the same way twice, and does not show', () => {
  const [a, b] = [cipher.seal('customer.name', '佐藤 花子'), cipher.seal('customer.name', '佐藤 花子')]
  expect(a).not.toBe(b)
  expect(Buffer.from(a?.split(':')[1] ?? '', 'base64').toString()).not.toContain('佐藤')
})

test('a value moved to another column does not open', () => {
  expect(() => cipher.open('survey_answer.text', cipher.seal('customer.name', 'x'))).toThrow()
})

test('a changed byte does not open', () => {
  const sealed = cipher.seal('customer.name', 'hello')
  const bytes = Buffer.from(sealed.slice(3), 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => cipher.open('customer.name', `k1:${changed.toString('base64')}`)).toThrow()
  }
})

test.each(['', 'k1:', 'k1:AAAA', 'no colon', 'k9:AAAA'])('what was never sealed ("%s") does not open', (text) => {
  expect(() => cipher.open('customer.name', text)).toThrow()
})

describe('after a new key was put in front', () => {
  const older = cipher.seal('customer.name', 'before')
  const rotated = fieldCipher([key('k2', 2), key('k1', 1)])

  test('what was sealed before still opens, what is sealed now uses the new key', () => {
    expect(rotated.open('customer.name', older)).toBe('before')
    expect(rotated.seal('customer.name', 'after')).toMatch(/^k2:/)
  })

  test('people are still found', () => {
    expect(rotated.blindIndex('identity', 'U1')).toBe(cipher.blindIndex('identity', 'U1'))
  })

  test('a ring without the old key says which one is missing', () => {
    expect(() => fieldCipher([key('k2', 2)]).open('customer.name', older)).toThrow(/"k1".*MATANE_ENCRYPTION_KEYS/)
  })
})

test('the index finds what people take for the same, in the same column only', () => {
  expect(cipher.blindIndex('tag', ' VIP ')).toBe(cipher.blindIndex('tag', 'vip'))
  expect(cipher.blindIndex('tag', 'vip')).not.toBe(cipher.blindIndex('name', 'vip'))
  expect(cipher.blindIndex('tag', 'vip')).not.toBe(fieldCipher([key('k1', 2)]).blindIndex('tag', 'vip'))
})

describe('keys of customers', () => {
  const made = cipher.keys.make()

  test('are at hand once they were taken, and not after they were dropped', () => {
    cipher.keys.hold(made.id, made.keySealed)
    const sealed = cipher.keys.under(made.id).seal('customer.name', '花子')
    expect(ownKeysIn(JSON.stringify([{ name: sealed }]))).toEqual([made.id])
    expect(cipher.open('customer.name', sealed)).toBe('花子')
    expect(() => cipher.open('survey_answer.text', sealed)).toThrow()
    cipher.keys.drop(made.id)
    expect(() => cipher.open('customer.name', sealed)).toThrow('The key of a customer is not there')
  })

  test('are forgotten in their order when there are too many, those used last stay', () => {
    const many = Array.from({ length: 20_000 }, () => cipher.keys.make())
    cipher.keys.hold(made.id, made.keySealed)
    for (const { id, keySealed } of many.slice(1)) cipher.keys.hold(id, keySealed)
    cipher.keys.hold(made.id, made.keySealed)
    for (const { id, keySealed } of many.slice(0, 1)) cipher.keys.hold(id, keySealed)
    expect([made.id, many[1]?.id ?? '', many[2]?.id ?? ''].map(cipher.keys.has)).toEqual([true, false, true])
  })
})

test('an empty ring is refused', () => expect(() => fieldCipher([])).toThrow('empty'))

describe('written keys', () => {
  const base64 = Buffer.alloc(32, 7).toString('base64')
  test('are read in their order', () => {
    const parsed = parseKeys([`new:${base64}`, `old-1:${base64}`])
    expect(parsed.ok && parsed.ring.map(({ id, bytes }) => [id, bytes.length])).toEqual([
      ['new', 32],
      ['old-1', 32]
    ])
  })

  test.each([
    [[], 'there is no key'],
    [[base64], 'key 1'],
    [[`a:${base64}`, 'b:AAAA'], 'key 2'],
    [[`a:${base64}`, `a:${base64}`], '"a"'],
    [[`a b:${base64}`], 'key 1'],
    [[`a:${Buffer.alloc(31).toString('base64')}`], 'key 1'],
    [[`a:${base64.replaceAll('B', '-')}`], 'key 1']
  ])('%j are refused', (texts, problem) => {
    const parsed = parseKeys(texts)
    expect(parsed.ok ? '' : parsed.problem).toContain(problem)
    expect(JSON.stringify(parsed)).not.toContain(base64)
  })
})
