import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { tiersKind } from '../definition.ts'
import { TiersDefinition } from './definition.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const file = () => parse(read('tiers.yaml'))

test('the file that is shipped is good as it comes, and publishes the same body when it is published again', () => {
  const once = tiersKind.check(file())
  expect(once).toMatchObject({ ok: true, key: 'tiers', body: { tiers: [{}, { key: 'silver' }, { key: 'gold' }] } })
  expect(once.ok && tiersKind.check(once.body)).toEqual(once)
})

test('has a JSON Schema that says what the program accepts', () => {
  expect(JSON.parse(read('tiers.schema.json'))).toEqual(z.toJSONSchema(TiersDefinition, { io: 'input' }))
})

/** The shipped file with one tier changed. */
function withTier(place: number, change: Record<string, unknown>) {
  const given = file()
  return {
    ...given,
    tiers: given.tiers.map((tier: object, at: number) => (at === place ? { ...tier, ...change } : tier))
  }
}

test.each<[string, unknown, (string | number)[], RegExp]>([
  ['a first tier that takes something', withTier(0, { reach: { visits: 1 } }), ['tiers', 0, 'reach'], /everybody/],
  ['a later one that takes nothing', withTier(1, { reach: undefined }), ['tiers', 1], /visits: 10/],
  ['a reach without a measure', withTier(1, { reach: {} }), ['tiers', 1, 'reach'], /spend_yen, visits/],
  ['a higher tier for less', withTier(2, { reach: { visits: 8 } }), ['tiers', 2, 'reach', 'visits'], /asks for 8/],
  ['two tiers of one key', withTier(2, { key: 'silver' }), ['tiers', 2, 'key'], /own/],
  ['a colour that white cannot be read on', withTier(2, { colour: '#ffdd00' }), ['tiers', 2, 'colour'], /darker/],
  ['a window that is none', { ...file(), window: '1 year' }, ['window'], /12 months/],
  ['a period of nothing', { ...file(), keep: '0d' }, ['keep'], /365d/],
  ['one tier alone', { ...file(), tiers: file().tiers.slice(0, 1) }, ['tiers'], /2/]
])('a faulty file names the place and the way out: %s', (_, input, path, message) => {
  const checked = tiersKind.check(input)
  expect(checked.ok ? [] : checked.faults).toContainEqual(
    expect.objectContaining({ path, message: expect.stringMatching(message) })
  )
})

test('a gift has to be a coupon that there is', () => {
  const checked = tiersKind.check(withTier(2, { gift: 'cake' }))
  const coupon = { kind: 'coupon', key: 'come_back', body: {} }
  const faults = (definitions: (typeof coupon)[]) =>
    checked.ok ? (tiersKind.together?.(checked.body, { definitions, unset: [] }) ?? []) : undefined
  expect(faults([coupon])).toMatchObject([
    { path: ['tiers', 2, 'gift'], message: expect.stringMatching(/no coupon "cake": write one of come_back/) }
  ])
  expect(faults([])).toMatchObject([{ message: expect.stringMatching(/make flows\/loyalty\/coupons\/cake.yaml/) }])
  expect(faults([{ ...coupon, key: 'cake' }])).toEqual([])
})
