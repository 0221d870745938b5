import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences } from './diff.ts'

const inShort = (before: unknown, after: unknown) =>
  differences(before, after).map(
    (each) => `${each.path}: ${JSON.stringify(each.before)} → ${JSON.stringify(each.after)}`
  )

describe('differences', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['a changed word', { text: { ja: 'あ', en: 'a' } }, { text: { ja: 'あ', en: 'b' } }, ['text.en: "a" → "b"']],
    ['what is new', { a: 1 }, { a: 1, b: 2 }, ['b: undefined → 2']],
    ['what is gone', { a: 1, b: 2 }, { b: 2 }, ['a: 1 → undefined']],
    ['another kind of thing', { a: [1] }, { a: { 1: 1 } }, ['a: [1] → {"1":1}']],
    [
      'a step between others',
      { s: [{ id: 'a' }, { id: 'c' }] },
      { s: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
      ['s.b: undefined → {"id":"b"}']
    ],
    ['a step changed', { s: [{ id: 'a', n: 1 }] }, { s: [{ id: 'a', n: 2 }] }, ['s.a.n: 1 → 2']],
    [
      'steps in another order',
      { s: [{ id: 'a' }, { id: 'b' }] },
      { s: [{ id: 'b' }, { id: 'a' }] },
      ['s: ["a","b"] → ["b","a"]']
    ],
    ['an option by its value', [{ value: 'x', n: 1 }], [{ value: 'x', n: 2 }], ['x.n: 1 → 2']],
    ['plain lists by place', [1, 2], [1, 3], ['2: 2 → 3']],
    ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []]
  ])('%s', (_, before, after, expected) => expect(inShort(before, after)).toEqual(expected))

  test('there are none exactly when both say the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(differences(before, structuredClone(before))).toEqual([])
        const same = JSON.stringify(before) === JSON.stringify(after)
        if (same) expect(differences(before, after)).toEqual([])
      })
    )
  })
})
