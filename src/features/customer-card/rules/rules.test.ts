import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePageRef } from './page-ref.ts'
import { parseQuery } from './query.ts'
import { rhythmOf } from './rhythm.ts'
import { plainIdentity, tailOf } from './told-id.ts'

const ID = '01980000-0000-7000-8000-00000000a1b2'

describe('what is typed to find a customer', () => {
  test.each([
    ['#812', { kind: 'follow_up', number: 812 }],
    ['＃８１２', { kind: 'follow_up', number: 812 }],
    [ID.toUpperCase(), { kind: 'id', id: ID }],
    [' 佐藤 花子 ', { kind: 'words', text: '佐藤 花子', tail: undefined }],
    ['@Emma', { kind: 'words', text: 'Emma', tail: undefined }],
    ['…A1B2', { kind: 'words', text: '...A1B2', tail: 'a1b2' }],
    ['a1b2', { kind: 'words', text: 'a1b2', tail: 'a1b2' }],
    ['812', { kind: 'words', text: '812', tail: undefined }],
    ['#0', { kind: 'words', text: '#0', tail: undefined }]
  ])('%s', (typed, query) => expect(parseQuery(typed)).toEqual(query))

  test('nothing, and far too much, is not read; whatever is typed, nothing breaks', () => {
    expect(parseQuery('  ')).toBeUndefined()
    expect(parseQuery('長'.repeat(201))).toBeUndefined()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => void parseQuery(typed)),
      { numRuns: 50 }
    )
  })
})

describe('an id', () => {
  test('is told by its end, a long member number by its beginning', () => {
    expect(tailOf(ID)).toBe('…a1b2')
    expect(plainIdentity('9'.repeat(100))).toHaveLength(60)
  })
})

describe('a customer’s own rhythm', () => {
  const days = { lastDay: '2026-09-20', gapMeanDays: 31, gapSpreadDays: 4.2 }

  test('says how long they have been away, in days and by their own measure', () => {
    expect(rhythmOf(days, '2026-11-21')).toEqual({
      daysSince: 62,
      gapMeanDays: 31,
      gapSpreadDays: 4.2,
      overdueRatio: 2
    })
  })

  test('has no measure after a single visit, none at all before the first, and never counts backwards', () => {
    expect(rhythmOf({ ...days, gapMeanDays: undefined }, '2026-11-21')?.overdueRatio).toBeUndefined()
    expect(rhythmOf({ ...days, lastDay: undefined }, '2026-11-21')).toBeUndefined()
    expect(rhythmOf(days, '2026-09-19')?.daysSince).toBe(0)
  })
})

describe('what a button carries', () => {
  const at = '2026-11-21T01:00:00.000Z'

  test('is a customer, or a place in their timeline', () => {
    expect(parsePageRef(ID)).toEqual({ id: ID })
    expect(parsePageRef(JSON.stringify({ id: ID, below: { at, id: ID } }))).toEqual({
      id: ID,
      below: { at: new Date(at), id: ID }
    })
  })

  test.each([
    '',
    'x',
    '{',
    '{}',
    'null',
    JSON.stringify({ id: 'x' }),
    JSON.stringify({ id: ID, below: { at: 'x', id: ID } })
  ])('%s is not ours', (value) => expect(parsePageRef(value)).toBeUndefined())
})
