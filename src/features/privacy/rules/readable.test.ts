import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readableRow } from './readable.ts'

const time = (at: Date) => `on ${at.toISOString().slice(0, 10)}`

test.each<[string, Record<string, unknown>, [string, string][]]>([
  [
    'texts and figures stand as they are',
    { tag: '常連', visits: 0, open: false },
    [
      ['tag', '常連'],
      ['visits', '0'],
      ['open', 'false']
    ]
  ],
  ['what is not there is not shown', { note: null, score: undefined, words: '', list: [], more: {} }, []],
  [
    'instants are written as people do',
    { at: '2026-11-21T01:00:00.123+00:00', due: new Date(0) },
    [
      ['at', 'on 2026-11-21'],
      ['due', 'on 1970-01-01']
    ]
  ],
  ['a day is no instant', { day: '2026-11-21' }, [['day', '2026-11-21']]],
  ['ids of rows are for programs', { id: 'x', card_id: 'y', paid: 'z' }, [['paid', 'z']]],
  [
    'what is inside is told line by line',
    { properties: { amount: 800, lines: [{ sku: 'A' }, { sku: 'B' }], note: null } },
    [['properties', 'amount: 800\nlines: sku: A\nsku: B']]
  ]
])('%s', (_what, row, expected) => expect(readableRow(row, time)).toEqual(expected))

test('anything that JSON can hold can be read', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (row) => {
      for (const [, value] of readableRow(row, time)) expect(typeof value).toBe('string')
    })
  )
})
