import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { demoPoints } from '../../../test/support/points-world.ts'
import { checkFiles } from '../definitions/index.ts'
import { pointsKind } from './definition.ts'
import { PointsDefinition } from './rules/definition.ts'

const coupon = { key: 'come_back', title: { ja: '10％引き', en: '10% off' }, note: { ja: '券', en: 'Note' } }
const beside = {
  definitions: [
    { kind: 'coupon', key: 'come_back', body: coupon },
    { kind: 'survey', key: 'nps', body: {} },
    { kind: 'shops', key: 'shops', body: { shops: [{ id: 'kichijoji', name: { ja: '吉祥寺', en: 'K' } }] } }
  ]
}
const faultsOf = (change: object) => {
  const file = { path: 'loyalty/points.yaml', text: JSON.stringify({ ...demoPoints(), ...change }) }
  return checkFiles([pointsKind], [file], beside).faults.map(({ message }) => message)
}

describe('the file a shop edits', () => {
  test('is good as it comes, and says what the program accepts in its JSON Schema', () => {
    expect(faultsOf({})).toEqual([])
    const schema = JSON.parse(readFileSync('flows/loyalty/points.schema.json', 'utf8'))
    expect(schema).toEqual(z.toJSONSchema(PointsDefinition, { io: 'input' }))
  })

  test('publishes the same body when it is published again', () => {
    const once = pointsKind.check(demoPoints())
    expect(once.ok && pointsKind.check(once.body)).toEqual(once)
  })
})

test.each([
  [{ earn: [] }, ['earn']],
  [{ earn: [{ on: 'visit', points: 0 }] }, ['earn', 0, 'points']],
  [{ earn: [{ on: 'visit', per_yen: 100, points: 1 }] }, ['earn', 0, 'per_yen']],
  [{ earn: [{ on: 'page.viewed', points: 1 }] }, ['earn', 0, 'on']],
  [{ expires: '1 year' }, ['expires']],
  [{ campaigns: [{ from: '2026-12-02', to: '2026-12-01', times: 2 }] }, ['campaigns', 0, 'to']],
  [{ campaigns: [{ from: '12/1', to: '2026-12-01', times: 2 }] }, ['campaigns', 0, 'from']],
  [{ campaigns: [{ from: '2026-12-01', to: '2026-12-01', times: 1.7 }] }, ['campaigns', 0, 'times']],
  [{ name: { ja: 'ポイント' } }, ['name', 'en']],
  [{ exchange: [1, 2].map((points) => ({ points, coupon: 'come_back' })) }, ['exchange']]
])('faulty points name the place: %j', (change, path) => {
  const checked = pointsKind.check({ ...demoPoints(), ...change })
  expect(checked).toMatchObject({ ok: false, faults: [{ path, message: expect.any(String) }] })
})

test('what the points name must be there: coupons, surveys, shops', () => {
  expect(faultsOf({ exchange: [{ points: 10, coupon: 'cake' }] })).toEqual([
    'there is no "cake": write one of come_back, or make it in flows/loyalty/coupons/'
  ])
  expect(faultsOf({ earn: [{ on: 'survey.answered', survey: 'mood', points: 1 }] })).toEqual([
    'there is no "mood": write one of nps, or make it in flows/surveys/'
  ])
  const campaign = { from: '2026-12-01', to: '2026-12-02', times: 2, shops: ['kichijoji', 'kamakura'] }
  expect(faultsOf({ campaigns: [campaign] })).toEqual([
    'there is no "kamakura": write one of kichijoji, or add it to flows/loyalty/shops.yaml'
  ])
})
