import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { shopsKind } from '../definition-kind.ts'
import { PublishedShops, ShopsDefinition } from './definitions.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const name = { ja: '店', en: 'Shop' }
const brand = { name }

describe('the file a shop edits', () => {
  test('is good as it comes', () => {
    const checked = shopsKind.check(parse(read('shops.yaml')))
    expect(checked).toMatchObject({ ok: true, key: 'shops', body: { brand: { name: { ja: '喫茶またね' } } } })
  })

  test('has a JSON Schema that says what the program accepts', () => {
    expect(JSON.parse(read('shops.schema.json'))).toEqual(z.toJSONSchema(ShopsDefinition, { io: 'input' }))
  })

  test('gives a brand a colour when it names none', () => {
    const checked = shopsKind.check({ brand, shops: [{ id: 'aa', name }] })
    expect(checked).toMatchObject({ ok: true, body: { brand: { colour: '#7a4b2a' } } })
  })

  test('was published without a brand once, and is read still', () => {
    expect(PublishedShops.parse({ shops: [{ id: 'aa', name }] }).brand).toBeUndefined()
    expect(shopsKind.check({ shops: [{ id: 'aa', name }] })).toMatchObject({ ok: false, faults: [{ path: ['brand'] }] })
  })
})

describe('a faulty list of shops is refused', () => {
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
  ])('%s', (_what, shops) => expect(shopsKind.check({ brand, shops }).ok).toBe(false))
})

test.each([null, 'text', 3, [], {}])('%j is no list of shops', (input) => {
  expect(shopsKind.check(input).ok).toBe(false)
})
