import { expect, test } from 'vitest'
import { oneOf } from './one-of.ts'

const WORDS = ['open', 'closed'] as const

test('a stored word is one of those that it can be, or a broken invariant that says which', () => {
  expect(oneOf(WORDS, 'closed')).toBe('closed')
  expect(() => oneOf(WORDS, 'ajar')).toThrow('The store holds "ajar", which is none of open, closed')
})
