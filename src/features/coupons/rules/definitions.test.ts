import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { couponKind } from '../definition-kind.ts'
import { CouponDefinition } from './definitions.ts'

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
