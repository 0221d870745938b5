import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter, parsePage } from './filter.ts'

const TODAY = '2026-11-21'
const ID = '0192f000-0000-7000-8000-0000000000aa'

describe('what to show', () => {
  it.each([
    ['', {}],
    ['<@UAYA|aya>', { staff: 'UAYA' }],
    ['<@UAYA>  today', { staff: 'UAYA', from: TODAY, to: TODAY }],
    ['Today', { from: TODAY, to: TODAY }],
    ['今日', { from: TODAY, to: TODAY }],
    ['yesterday', { from: '2026-11-20', to: '2026-11-20' }],
    ['昨日 #812', { from: '2026-11-20', to: '2026-11-20', followUp: 812 }],
    ['7d', { from: '2026-11-15', to: TODAY }],
    ['7D', { from: '2026-11-15', to: TODAY }],
    ['30日', { from: '2026-10-23', to: TODAY }],
    ['2026-02-28', { from: '2026-02-28', to: '2026-02-28' }],
    ['customer #812', { followUp: 812 }],
    ['お客様 #812', { followUp: 812 }],
    ['Customer 812', { followUp: 812 }],
    [`customer ${ID.toUpperCase()}`, { customerId: ID }]
  ])('is read from %j', (text, filter) => {
    expect(parseFilter(text, TODAY)).toEqual(filter)
  })

  it.each([
    'aya',
    '@aya',
    '<!channel>',
    'tomorrow',
    '0d',
    '2026-02-30',
    '2026-13-01',
    '#0',
    '#99999999999',
    'customer 佐藤',
    'today yesterday',
    'today 7d',
    '<@UAYA> <@UBOB>',
    'deadbeef-0000'
  ])('is not guessed from %j', (text) => {
    expect(parseFilter(text, TODAY)).toBeUndefined()
  })

  it('is read or refused, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseFilter(text, TODAY)))
  })
})

describe('a page in a button', () => {
  it('comes back as it went', () => {
    const page = { filter: { staff: 'UAYA', from: TODAY, to: TODAY }, beforeSeq: 31 }
    expect(parsePage(JSON.stringify(page))).toEqual(page)
  })
  it.each([
    '',
    'null',
    '{}',
    '[]',
    '{"filter":{"staff":"u\' OR 1=1"}}',
    '{"filter":{},"beforeSeq":-1}',
    '{"filter":{"from":"x"}}'
  ])('is nothing when it is not ours: %j', (value) => expect(parsePage(value)).toBeUndefined())
})
