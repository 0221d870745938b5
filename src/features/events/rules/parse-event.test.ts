import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEnvelope, parseEvent } from '../index.ts'
import { PROPERTIES_MAX_BYTES, PROPERTIES_MAX_DEPTH } from './bounds.ts'
import { AMOUNT_MAX_YEN, CATALOGUE } from './catalogue.ts'

const now = new Date('2026-11-21T01:00:00Z')
const order = { order_id: 'A-1', amount: 1200 }
const faultsOf = (name: unknown, properties: unknown) => {
  const parsed = parseEvent(name, properties)
  return parsed.ok ? [] : parsed.faults.map(({ field, message }) => `${field} ${message}`)
}
const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) })

describe('the name of an event', () => {
  test.each([
    ['visit', 'visit'],
    [' Visit ', 'visit'],
    ['Order Completed', 'order.completed'],
    ['order-completed', 'order.completed'],
    ['stamp.card_completed', 'stamp_card.completed'],
    ['Song Played', 'song_played'],
    ['会員登録', '会員登録'],
    ['ＶＩＳＩＴ', 'visit']
  ])('%j is stored as %s', (told, name) => {
    const properties = name === 'order.completed' ? order : {}
    expect(parseEvent(told, properties)).toMatchObject({ ok: true, value: { name } })
  })

  test.each(['', '  ', 'a\nb', 'x'.repeat(101), undefined, null, 7, {}])('%j is none', (told) =>
    expect(faultsOf(told, {})).toEqual([expect.stringMatching(/^event must be a text/)])
  )
})

describe('what is stored in the clear', () => {
  test('ids of things, amounts and codes are; everything else is sealed', () => {
    const lines = [{ sku: 77, quantity: 1, amount: 1200 }]
    const parsed = parseEvent('order.completed', { ...order, lines, note: '佐藤様へ', coupon: 'a@b.jp' })
    expect(parsed).toEqual({
      ok: true,
      value: {
        name: 'order.completed',
        properties: { ...order, lines: [{ sku: '77', quantity: 1, amount: 1200 }] },
        personal: { lines, note: '佐藤様へ', coupon: 'a@b.jp' }
      }
    })
  })

  test('of a page only its path is, without the query where tokens hide', () => {
    const path = '/thanks?email=hanako@example.jp'
    expect(parseEvent('page.viewed', { path, utm_source: 'line', variant: 'b' })).toMatchObject({
      value: { properties: { path: '/thanks', utm_source: 'line', variant: 'b' }, personal: { path } }
    })
  })

  test('of a custom event nothing is', () => {
    expect(parseEvent('会員登録', { plan: 'gold' })).toMatchObject({
      value: { properties: {}, personal: { plan: 'gold' } }
    })
  })

  test('a half surrogate pair is replaced, as the store demands', () => {
    expect(parseEvent('x', { 'a\ud800': ['b\udc00'] })).toMatchObject({
      value: { personal: { 'a\ufffd': ['b\ufffd'] } }
    })
  })
})

describe('what is refused says what to send instead', () => {
  test.each([
    [{ ...order, amount: -1 }, /amount must not be negative.*order\.refunded/],
    [{ ...order, amount: AMOUNT_MAX_YEN + 1 }, /amount must be at most/],
    [{ ...order, amount: 1e20 }, /amount/],
    [{ ...order, amount: 12.5 }, /amount must be a whole number of yen/],
    [{ ...order, amount: '1200' }, /amount must be a whole number of yen/],
    [{ ...order, amount: Number.NaN }, /amount must be a finite number/],
    [{ ...order, amount: Number.POSITIVE_INFINITY }, /amount must be a finite number/],
    [{ amount: 1 }, /order_id/],
    [{ ...order, lines: [{ quantity: 1, amount: -5 }] }, /lines\.0\.amount must not be negative/],
    [{ ...order, note: 'a\u0000b' }, /note contains the character U\+0000/],
    [{ ...order, 'a\u0000': 1 }, /U\+0000/],
    [{ ...order, note: 'x'.repeat(PROPERTIES_MAX_BYTES) }, /larger than 32 KiB/],
    [{ ...order, note: '長'.repeat(11_000) }, /larger than 32 KiB/],
    [{ ...order, note: 'x'.repeat(1_000_000) }, /larger than 32 KiB/],
    [{ ...order, note: '"'.repeat(17_000) }, /larger than 32 KiB/],
    [{ ...order, note: '\\'.repeat(17_000) }, /larger than 32 KiB/],
    [{ ...order, note: '\n'.repeat(17_000) }, /larger than 32 KiB/],
    [{ ...order, in: nested(PROPERTIES_MAX_DEPTH) }, /nested deeper than 8 levels/],
    [{ ...order, in: nested(3000) }, /nested deeper/],
    [JSON.parse('{"order_id":"A","amount":1,"__proto__":{"admin":true}}'), /must not have a key "__proto__"/],
    [{ ...order, in: { constructor: 1 } }, /must not have a key "constructor"/],
    [{ ...order, in: () => 1 }, /cannot be a function/],
    [{ ...order, at: new Date(0) }, /must be a plain object/],
    ['text', /must be an object/],
    [[], /must be an object/]
  ])('%#', (properties, why) => expect(faultsOf('order.completed', properties).join('\n')).toMatch(why))

  test('every fault of an event at once', () => expect(faultsOf('order.completed', { amount: -1 })).toHaveLength(2))

  test('properties of just the size and depth allowed are taken', () => {
    expect(faultsOf('x', { note: 'x'.repeat(PROPERTIES_MAX_BYTES - 100) })).toEqual([])
    expect(faultsOf('x', nested(PROPERTIES_MAX_DEPTH))).toEqual([])
  })
})

describe('when it happened', () => {
  const fieldsOf = (at: unknown, sourceId: unknown) => {
    const parsed = parseEnvelope({ at, sourceId }, now)
    return parsed.ok ? [] : parsed.faults.map(({ field }) => field)
  }

  test.each([
    '2026-11-21T10:00:00+09:00',
    '2026-11-21T01:00:00.123Z',
    '1990-01-01T00:00:00Z',
    '2026-11-22T01:00:00Z',
    now
  ])('%s is taken', (at) => expect(fieldsOf(at, 'm1')).toEqual([]))

  test.each([
    ...['1900-01-01T00:00:00Z', '1989-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '2026-11-22T01:00:01Z'],
    ...['2026-11-21', '2026-11-21T10:00:00', 'yesterday', '', '2026-13-01T00:00:00Z', new Date(Number.NaN)],
    ...[0, 1e20, Number.NaN, null, undefined, {}]
  ])('%s is refused', (at) => expect(fieldsOf(at, 'm1')).toEqual(['timestamp']))

  test.each(['', 'x'.repeat(201), 'a\u0000', 'a\ud800', 7, null, undefined])('id %j is refused', (id) =>
    expect(fieldsOf(now, id)).toEqual(['messageId'])
  )
})

test('whatever is told, there is an event that can be stored, or faults; never an exception', () => {
  const hostile = fc.constantFrom<unknown>(
    ...[
      -1,
      1e20,
      Number.NaN,
      '1900-01-01T00:00:00Z',
      '2100-01-01T00:00:00Z',
      'x'.repeat(1_000_000),
      '\u0000',
      '\ud800'
    ],
    ...[
      JSON.parse('{"__proto__":1}'),
      { constructor: { prototype: 1 } },
      nested(200),
      [],
      null,
      undefined,
      Symbol('s'),
      1n
    ]
  )
  const property = fc.oneof(hostile, fc.anything(), fc.jsonValue())
  const keys = fc.constantFrom('amount', 'order_id', 'lines', 'score', 'path', 'plan', 'note')
  const properties = fc.oneof(hostile, fc.anything(), fc.dictionary(keys, property), fc.jsonValue({ maxDepth: 12 }))
  const name = fc.oneof(fc.constantFrom<unknown>(...CATALOGUE.keys()), hostile, fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(name, properties, property, (told, given, at) => {
      const [parsed, envelope] = [parseEvent(told, given), parseEnvelope({ at, sourceId: at }, now)]
      if (!parsed.ok) for (const fault of parsed.faults) expect(fault.message).toMatch(/\S{3}/)
      else expect(JSON.stringify(parsed.value)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      if (!envelope.ok) expect(envelope.faults.length).toBeGreaterThan(0)
    }),
    { numRuns: 10_000 }
  )
}, 60_000)
