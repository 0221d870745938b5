import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { contrastWithWhite, mix } from '../../../core/colour.ts'
import { couponKind, shopsKind, stampCardKind } from '../definition-kinds.ts'
import { CouponDefinition, ShopsDefinition, StampCardDefinition } from './definitions.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const cardFile = () => parse(read('stamp-card.yaml'))
const shopsFile = () => parse(read('shops.yaml'))

describe('the files a shop edits', () => {
  test('are good as they come', () => {
    expect(stampCardKind.check(cardFile())).toMatchObject({ ok: true, key: 'main', body: { goal: 10 } })
    expect(shopsKind.check(shopsFile())).toMatchObject({ ok: true, key: 'shops' })
  })

  test.each([
    ['shops', ShopsDefinition],
    ['stamp-card', StampCardDefinition],
    ['coupon', CouponDefinition]
  ])('have a JSON Schema that says what the program accepts: %s', (name, schema) => {
    expect(JSON.parse(read(`${name}.schema.json`))).toEqual(z.toJSONSchema(schema, { io: 'input' }))
  })

  test.each(globSync('*.yaml', { cwd: 'flows/loyalty/coupons' }))('a coupon is good as it comes: %s', (name) => {
    const checked = couponKind.check(parse(read(`coupons/${name}`)))
    expect(checked).toMatchObject({ ok: true, key: name.replace('.yaml', '') })
  })

  test('publish the same body when they are published again', () => {
    const once = stampCardKind.check(cardFile())
    expect(once.ok && stampCardKind.check(once.body)).toEqual(once)
  })
})

describe('a faulty card names the place and the way out', () => {
  test.each([
    [{ goal: 51 }, ['goal']],
    [{ goal: 0 }, ['goal']],
    [{ goal: 2.5 }, ['goal']],
    [{ key: 'other' }, ['key']],
    [{ expires: '1 year' }, ['expires']],
    [{ expires: '0d' }, ['expires']],
    [{ interval: 'daily' }, ['interval']],
    [{ colour: 'brown' }, ['colour']],
    [{ colour: '#ffee00' }, ['colour']],
    [{ brand: { ja: '喫茶' } }, ['brand', 'en']],
    [{ brand: { ja: ' ', en: 'Café' } }, ['brand', 'ja']],
    [{ gaol: 10 }, ['gaol']]
  ])('%j', (change, path) => {
    const checked = stampCardKind.check({ ...cardFile(), ...change })
    expect(checked).toMatchObject({ ok: false, faults: [{ path, message: expect.any(String) }] })
  })

  test('all faults come at once', () => {
    const checked = stampCardKind.check({ ...cardFile(), goal: 0, expires: 'x' })
    expect(checked.ok ? [] : checked.faults.map(({ path }) => path)).toEqual([['goal'], ['expires']])
  })

  test.each([null, 'text', 3, [], {}])('%j is no card and no list of shops', (input) => {
    expect(stampCardKind.check(input).ok).toBe(false)
    expect(shopsKind.check(input).ok).toBe(false)
  })
})

describe('a faulty list of shops is refused', () => {
  const name = { ja: '店', en: 'Shop' }
  test.each([
    ['none', []],
    [
      'an id twice',
      [
        { id: 'aa', name },
        { id: 'aa', name }
      ]
    ],
    ['an id that no address takes', [{ id: '吉祥寺', name }]],
    ['an id with capitals', [{ id: 'Kamakura', name }]],
    ['an id of one letter', [{ id: 'a', name }]]
  ])('%s', (_what, shops) => expect(shopsKind.check({ shops }).ok).toBe(false))
})

describe('colours', () => {
  test.each([
    ['#000000', 21],
    ['#ffffff', 1],
    ['#767676', 4.54]
  ])('white text on %s has contrast %d', (colour, expected) =>
    expect(contrastWithWhite(colour)).toBeCloseTo(expected, 1)
  )
  test('mix by their share', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mix('#7a4b2a', '#ffffff', 0)).toBe('#7a4b2a')
    expect(mix('#7a4b2a', '#000000', 1)).toBe('#000000')
  })
})
