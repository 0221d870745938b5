import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { CAKE } from '../../../../test/support/coupon-counter.ts'
import { couponKind } from '../definition-kind.ts'
import { CouponDefinition, costOf } from './definitions.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')

describe('the files a shop edits', () => {
  test.each(globSync('*.yaml', { cwd: 'flows/loyalty/coupons' }))('are good as they come: %s', (name) => {
    const checked = couponKind.check(parse(read(`coupons/${name}`)))
    expect(checked).toMatchObject({ ok: true, key: name.replace('.yaml', '') })
  })

  test('have a JSON Schema that says what the program accepts', () => {
    expect(JSON.parse(read('coupon.schema.json'))).toEqual(z.toJSONSchema(CouponDefinition, { io: 'input' }))
  })
})

describe('a coupon', () => {
  const check = (change: object) => {
    const checked = couponKind.check({ ...CAKE, ...change })
    return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }

  test.each([
    ['percent', { gives: { percent: 10 } }],
    ['yen', { gives: { yen: 500 }, minimum_spend_yen: 3000, budget_yen: 50_000 }],
    ['a gift', { gives: { gift: { ja: '焼き菓子', en: 'A biscuit' } }, cost_yen: 120, budget_yen: 12_000 }],
    ['fixed days', { valid_for: undefined, valid: { from: '2026-12-01', until: '2026-12-25' } }],
    ['limits', { limit: { total: 100, grants: 500, per_customer: 1 }, shops: ['kichijoji'] }]
  ])('may say %s', (_what, change) => {
    expect(check(change)).toEqual([])
  })

  test.each([
    ['two periods', { valid: { until: '2026-12-25' } }, 'valid_for: write either valid_for or valid'],
    [
      'days the wrong way round',
      { valid_for: undefined, valid: { from: '2026-12-25', until: '2026-12-01' } },
      'before'
    ],
    ['no day', { valid_for: undefined, valid: { until: '12/25' } }, 'write a day such as 2026-12-01'],
    ['a budget without a cost', { gives: { percent: 10 }, budget_yen: 1000 }, 'cost_yen: say what one use costs'],
    ['two things at once', { gives: { percent: 10, yen: 100 } }, 'gives'],
    ['more than all', { gives: { percent: 101 } }, 'gives']
  ])('says what is wrong with %s', (_what, change, fault) => {
    expect(check(change).join()).toContain(fault)
  })

  test('names shops that there are', () => {
    const shops = {
      kind: 'shops',
      key: 'shops',
      body: { shops: [{ id: 'kichijoji', name: { ja: '店', en: 'Shop' } }] }
    }
    const faults = (...ids: string[]) =>
      couponKind.together?.({ ...CAKE, shops: ids }, { definitions: [shops], unset: [] }) ?? []
    expect(faults('kichijoji')).toEqual([])
    expect(faults('kichijoji', 'nara')).toMatchObject([
      { path: ['shops', 1], message: 'there is no shop "nara": write one of kichijoji' }
    ])
  })

  test('costs what it gives in yen, or what the shop says', () => {
    expect(costOf({ gives: { yen: 500 }, cost_yen: 1 })).toBe(500)
    expect(costOf({ gives: { percent: 10 }, cost_yen: 300 })).toBe(300)
    expect(costOf({ gives: { percent: 10 } })).toBeUndefined()
  })
})
