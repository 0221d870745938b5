import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PointsDefinition } from './definition.ts'
import { causeOf, type Happening, isInTime, pointsFor, pointsToTakeBack } from './earning.ts'

const TOKYO = 'Asia/Tokyo'
const define = (more: object = {}) =>
  PointsDefinition.parse({
    name: { ja: 'ポイント', en: 'Points' },
    earn: [
      { on: 'order.completed', per_yen: 100, points: 1 },
      { on: 'visit', points: 5 },
      { on: 'survey.answered', survey: 'nps', points: 10 }
    ],
    ...more
  })

function happened(name: string, properties: Happening['properties'] = {}, more: Partial<Happening> = {}): Happening {
  return { name, at: new Date('2026-12-05T12:00:00+09:00'), source: 'pos', sourceId: 'e1', properties, ...more }
}
const worth = (definition: PointsDefinition, what: Happening) => pointsFor(definition, what, TOKYO)

describe('what gives points', () => {
  test.each([
    ['order.completed', { amount: 1_299 }, 12],
    ['order.completed', { amount: 99 }, 0],
    ['order.completed', {}, 0],
    ['visit', { amount: 5_000 }, 5],
    ['survey.answered', { survey: 'nps' }, 10],
    ['survey.answered', { survey: 'csat' }, 0],
    ['inquiry.opened', {}, 0]
  ])('%s %j gives %d', (name, properties, points) => {
    expect(worth(define(), happened(name, properties))).toBe(points)
  })

  test('rules that fit the same thing add up', () => {
    const earn = [
      { on: 'order.completed', per_yen: 100, points: 1 },
      { on: 'order.completed', points: 3 }
    ]
    expect(worth(define({ earn }), happened('order.completed', { amount: 250 }))).toBe(5)
  })

  test('any survey gives when none is named', () => {
    const earn = [{ on: 'survey.answered', points: 2 }]
    expect(worth(define({ earn }), happened('survey.answered', { survey: 'csat' }))).toBe(2)
  })
})

describe('a campaign', () => {
  const campaign = { from: '2026-12-05', to: '2026-12-06', times: 2 }
  const on = (at: string, shop?: string) =>
    happened('order.completed', { amount: 300 }, { at: new Date(at), ...(shop && { shop }) })

  test.each([
    ['2026-12-04T23:59:59.999+09:00', 3],
    ['2026-12-05T00:00:00+09:00', 6],
    ['2026-12-06T23:59:59.999+09:00', 6],
    ['2026-12-07T00:00:00+09:00', 3]
  ])('holds from its first midnight in Japan to its last: %s', (at, points) => {
    expect(worth(define({ campaigns: [campaign] }), on(at))).toBe(points)
  })

  test.each([
    [{ on: 'visit' }, 3],
    [{ on: 'order.completed' }, 6],
    [{ shops: ['kichijoji'] }, 6],
    [{ shops: ['kamakura'] }, 3],
    [{ weekdays: ['sat'] }, 6],
    [{ weekdays: ['sun', 'mon'] }, 3]
  ])('only for %j', (only, points) => {
    const definition = define({ campaigns: [{ ...campaign, ...only }] })
    expect(worth(definition, on('2026-12-05T00:30:00+09:00', 'kichijoji'))).toBe(points)
  })

  test('of a shop gives no more for what no shop is known of', () => {
    const definition = define({ campaigns: [{ ...campaign, shops: ['kichijoji'] }] })
    expect(worth(definition, on('2026-12-05T00:30:00+09:00'))).toBe(3)
  })

  test('is the best of those that fit, and what is left over is dropped', () => {
    const campaigns = [campaign, { ...campaign, times: 2.5 }]
    expect(worth(define({ campaigns }), on('2026-12-05T12:00:00+09:00'))).toBe(7)
  })
})

describe('the cause', () => {
  const cause = (what: Happening) => causeOf(what, TOKYO)

  test('of an order is its id: corrected or told again it is the same', () => {
    const order = happened('order.completed', { order_id: 'A1', amount: 500 })
    expect(cause({ ...order, sourceId: 'e2', properties: { order_id: 'A1', amount: 900 } })).toBe(cause(order))
    expect(cause({ ...order, properties: { order_id: 'A2' } })).not.toBe(cause(order))
    expect(cause({ ...order, source: 'ec' })).not.toBe(cause(order))
  })

  test('of a visit is its business day, whoever tells', () => {
    const visit = happened('visit', {}, { at: new Date('2026-12-05T00:00:00+09:00') })
    const late = { ...visit, at: new Date('2026-12-05T23:59:00+09:00'), source: 'line', sourceId: 'x' }
    expect(cause(late)).toBe(cause(visit))
    expect(cause({ ...visit, at: new Date('2026-12-06T00:00:00+09:00') })).not.toBe(cause(visit))
  })

  test('of an answer is the one time that the survey was asked', () => {
    const answer = happened('survey.answered', { survey: 'nps' }, { source: 'flow', sourceId: 'run1:q1:0' })
    expect(cause({ ...answer, sourceId: 'run1:q2:1' })).toBe(cause(answer))
    expect(cause({ ...answer, sourceId: 'run2:q1:0' })).not.toBe(cause(answer))
  })
})

test.each([
  ['2026-11-01T00:00:00Z', '2026-11-05T00:00:00Z', true],
  ['2026-11-05T00:00:00Z', '2026-11-05T00:00:00Z', true],
  ['2026-11-05T00:00:01Z', '2026-11-05T00:00:00Z', false],
  ['2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z', true],
  ['2026-11-01T00:00:00Z', '2026-11-02T23:59:59Z', false]
])('published %s, it happened %s and is told on the 10th: %s', (since, at, counts) => {
  expect(isInTime(new Date(at), { since: new Date(since), now: new Date('2026-11-10T00:00:00Z') })).toBe(counts)
})

describe('a refund', () => {
  const order = { points: 10, amountYen: 1_000, refundedYen: 0, takenBack: 0, expired: 0 }

  test.each([
    [{ refundedYen: 1_000 }, 10],
    [{ refundedYen: 5_000 }, 10],
    [{ refundedYen: 550 }, 5],
    [{ refundedYen: 50 }, 0],
    [{ refundedYen: 600, takenBack: 5 }, 1],
    [{ refundedYen: 1_000, expired: 4 }, 6],
    [{ refundedYen: 1_000, expired: 4, takenBack: 6 }, 0],
    [{ amountYen: 0, refundedYen: 0 }, 10]
  ])('of %j takes back %d', (more, points) => expect(pointsToTakeBack({ ...order, ...more })).toBe(points))

  test('in however many parts, takes back all that the order gave and never more', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 500 }), (refunds, points) => {
        const amountYen = refunds.reduce((sum, yen) => sum + yen, 0)
        let [refundedYen, takenBack] = [0, 0]
        for (const yen of refunds) {
          refundedYen += yen
          takenBack += pointsToTakeBack({ points, amountYen, refundedYen, takenBack, expired: 0 })
          expect(takenBack).toBeLessThanOrEqual((points * refundedYen) / amountYen)
        }
        expect(takenBack).toBe(points)
      })
    )
  })
})
