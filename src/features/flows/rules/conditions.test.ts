import { expect, test } from 'vitest'
import { choose, type Facts, holds } from './conditions.ts'
import type { When } from './schema.ts'

const facts: Facts = { score: 6, why: 'price', text: '', flag: true, tags: ['VIP', '常連'], none: [] }

test.each<[When, boolean]>([
  [{}, true],
  [{ score: 6 }, true],
  [{ score: 7 }, false],
  [{ score: '6' }, false],
  [{ score: { lte: 6 } }, true],
  [{ score: { lt: 6 } }, false],
  [{ score: { gte: 6, lte: 8 } }, true],
  [{ score: { gt: 6 } }, false],
  [{ score: { ne: 5 } }, true],
  [{ score: { ne: 6 } }, false],
  [{ why: 'price', score: { gt: 9 } }, false],
  [{ why: { in: ['staff', 'price'] } }, true],
  [{ why: { in: ['staff'] } }, false],
  [{ why: { lt: 9 } }, false],
  [{ why: { ne: 3 } }, true],
  [{ flag: true }, true],
  [{ text: { answered: true } }, true],
  [{ score: { answered: false } }, false],
  [{ gone: { answered: false } }, true],
  [{ gone: { answered: true } }, false],
  [{ gone: { answered: false, lte: 3 } }, false],
  [{ gone: { ne: 3 } }, false],
  [{ gone: 3 }, false],
  [{ toString: { answered: true } }, false],
  [{ score: {} }, true],
  [{ tags: { includes: 'VIP' } }, true],
  [{ tags: { includes: 'vip' } }, false],
  [{ tags: { includes: 'VIP', answered: true } }, true],
  [{ tags: { includes: 'VIP', eq: 'VIP' } }, false],
  [{ tags: { in: ['VIP'] } }, false],
  [{ tags: 'VIP' }, false],
  [{ none: { includes: 'VIP' } }, false],
  [{ why: { includes: 'price' } }, false]
])('%j holds: %s', (when, expected) => {
  expect(holds(when, facts)).toBe(expected)
})

test('the first choice that holds is taken; none leads to the step below', () => {
  const choices = [
    { when: { score: { lte: 3 } }, to: 'a' },
    { when: { score: { lte: 6 } }, to: 'b' },
    { when: { score: 6 }, to: 'c' }
  ]
  expect(choose(choices, facts)).toBe('b')
  expect(choose(choices, { score: 9 })).toBeUndefined()
  expect(choose([...choices, { to: 'else' }], {})).toBe('else')
  expect(choose('there', {})).toBe('there')
})
