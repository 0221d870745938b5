import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { stampCardKind } from '../definition-kind.ts'
import { StampCardDefinition } from './definitions.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const cardFile = () => parse(read('stamp-card.yaml'))

describe('the file a shop edits', () => {
  test('is good as it comes', () => {
    expect(stampCardKind.check(cardFile())).toMatchObject({ ok: true, key: 'main', body: { goal: 10 } })
  })

  test('has a JSON Schema that says what the program accepts', () => {
    expect(JSON.parse(read('stamp-card.schema.json'))).toEqual(z.toJSONSchema(StampCardDefinition, { io: 'input' }))
  })

  test('publishes the same body when it is published again', () => {
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

  test.each([null, 'text', 3, [], {}])('%j is no card', (input) => {
    expect(stampCardKind.check(input).ok).toBe(false)
  })
})
