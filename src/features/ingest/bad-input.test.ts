import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { prepare } from './prepare.ts'
import { recordMessages } from './record-messages.ts'

const db = useDatabase()

const EVENTS = 10_000
const BATCH = 250

/** JSON as hostile or careless senders write it: parsed from text, so that "__proto__" is a key like any other. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '__proto__',
    'constructor',
    'null',
    'guest',
    ' ',
    '',
    '=cmd|x'
  ),
  fc.constantFrom('x'.repeat(300), 'あ'.repeat(40_000), '1'.repeat(400))
)
const hostileNumber = fc.constantFrom(-1, -0, 0, 1e20, -1e20, 1e308, 0.1, 2 ** 53, 1_000_000_001, 5e-324)
const hostileTime = fc.constantFrom(
  ...[
    '1900-01-01T00:00:00Z',
    '2100-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '+275760-09-13T00:00:00Z'
  ],
  ...[
    '2026-11-21',
    '2026-11-21T10:00:00',
    '21/11/2026',
    'now',
    'NaN',
    'Invalid Date',
    1_763_683_200,
    0,
    -1,
    null,
    {},
    []
  ]
)
const deep = fc
  .integer({ min: 5, max: 2_000 })
  .map((depth) => JSON.parse(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`))
const pollution = fc.constantFrom(
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"a":{"__proto__":[]}}']
)
const anything = fc.oneof(
  { depthSize: 'small' },
  hostileText,
  hostileNumber,
  hostileTime,
  deep,
  pollution.map((text): unknown => JSON.parse(text)),
  fc.constant({ note: 'x'.repeat(1_000_000) }),
  fc.jsonValue({ maxDepth: 3 })
)
const maybe = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 2, arbitrary: good }, { weight: 1, arbitrary: anything })
const order = fc.record(
  {
    order_id: maybe(fc.constantFrom('o1', 7)),
    total: maybe(fc.nat(5_000)),
    currency: maybe(fc.constantFrom('JPY', 'USD')),
    products: maybe(fc.constant([{ sku: 'a', price: 100, quantity: 1 }]))
  },
  { requiredKeys: [] }
)
const message = fc.record(
  {
    type: maybe(fc.constantFrom('track', 'identify', 'page', 'screen', 'alias', 'group')),
    messageId: maybe(fc.uuid()),
    userId: maybe(fc.constantFrom('u1', 'u2', 3, 'u3@example.jp', `U${'0'.repeat(32)}`)),
    anonymousId: maybe(fc.constantFrom('b1', 'b2')),
    previousId: maybe(fc.constantFrom('b1', 'u9')),
    groupId: maybe(fc.constant('g1')),
    event: maybe(
      fc.constantFrom(
        'Order Completed',
        'Store Visited',
        'Order Refunded',
        'Product Reviewed',
        'My Event',
        'line.followed'
      )
    ),
    name: anything,
    category: anything,
    timestamp: maybe(fc.constantFrom('2026-11-21T00:30:00Z', '2026-11-20T10:00:00+09:00')),
    sentAt: maybe(fc.constantFrom('2026-11-21T01:00:00Z', '2020-01-01T00:00:00Z')),
    properties: maybe(order),
    traits: maybe(
      fc.record(
        {
          email: maybe(fc.constant('a@example.jp')),
          phone: anything,
          birthday: maybe(hostileTime),
          name: anything,
          gender: anything,
          x: anything
        },
        { requiredKeys: [] }
      )
    ),
    context: maybe(
      fc.record(
        { campaign: anything, page: anything, traits: anything, externalIds: anything, shop: anything },
        { requiredKeys: [] }
      )
    )
  },
  { requiredKeys: [] }
)
const events = (count: number, seed: number): unknown[] =>
  fc.sample(fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: anything }), { numRuns: count, seed })

test('whatever is sent with whatever key, it throws nothing, and what is refused says where and what to send', {
  timeout: 60_000
}, () => {
  const scope = testScope(db())
  const arrival = { source: 'api:x', receivedAt: scope.at, timeZone: scope.timeZone, sentAt: undefined }
  let refused = 0
  for (const [index, event] of events(1_500, 11).entries()) {
    const prepared = prepare(event, { ...arrival, kind: ['app', 'ec', 'pos', 'browser'][index % 4] ?? 'ec' })
    if (prepared.ok) continue
    refused += 1
    expect(prepared.refused.faults.length).toBeGreaterThan(0)
    for (const { field, message: hint } of prepared.refused.faults) {
      expect(field.length).toBeGreaterThan(0)
      expect(field.length).toBeLessThan(500)
      expect(hint.length).toBeGreaterThan(5)
    }
  }
  expect(refused).toBeGreaterThan(750)
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
})

test(`${EVENTS} bad events end in errors of their own: each good one among them is stored`, {
  timeout: 240_000
}, async () => {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const arrival = { source: 'api:x', kind: 'ec', receivedAt: scope.at, timeZone: scope.timeZone, sentAt: undefined }
  const bad = events(EVENTS, 12)
  let stored = 0
  for (let from = 0; from < EVENTS; from += BATCH) {
    const good = { type: 'track', messageId: `good-${from}`, userId: 'good', event: 'Store Visited' }
    const receipt = await recordMessages(perform, [...bad.slice(from, from + BATCH), good], arrival)
    const refused = new Set(receipt.errors.map(({ index }) => index))
    expect(refused.has(BATCH)).toBe(false)
    expect(receipt.stored + receipt.duplicates + refused.size).toBe(BATCH + 1)
    stored += receipt.stored
  }
  const goodOnes = await db().prisma.event.findMany({ where: { sourceId: { startsWith: 'good-' } } })
  expect(goodOnes).toHaveLength(EVENTS / BATCH)
  expect(new Set(goodOnes.map(({ customerId }) => customerId)).size).toBe(1)
  expect(stored).toBeGreaterThan(EVENTS / BATCH)
})
