import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { stampCardKinds } from '../definition-kind.ts'
import { StampCardDefinition } from './definitions.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const [stampCardKind = missing()] = stampCardKinds
function missing(): never {
  throw new Error('No kind')
}
const gift = (at: number, key = 'cake') => ({
  at,
  key,
  title: { ja: 'ケーキ', en: 'Cake' },
  note: { ja: '提示', en: 'Show' }
})
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
    [{ key: 'Other Key' }, ['key']],
    [{ expires: '1 year' }, ['expires']],
    [{ expires: '0d' }, ['expires']],
    [{ interval: 'daily' }, ['interval']],
    [{ colour: 'brown' }, ['colour']],
    [{ colour: '#ffee00' }, ['colour']],
    [{ brand: { ja: '喫茶' } }, ['brand', 'en']],
    [{ brand: { ja: ' ', en: 'Café' } }, ['brand', 'ja']],
    [{ gaol: 10 }, ['gaol']],
    [{ shops: [] }, ['shops']],
    [{ until: '31 March' }, ['until']],
    [{ reward: undefined }, ['reward']],
    [{ reward: undefined, rewards: [gift(5)] }, ['rewards']],
    [{ rewards: [gift(11)] }, ['rewards', 0, 'at']],
    [{ rewards: [gift(10)] }, ['rewards', 0, 'at']],
    [{ rewards: [gift(5), gift(5, 'tea')] }, ['rewards', 1, 'at']],
    [{ rewards: [gift(5), gift(7)] }, ['rewards', 1, 'key']],
    [{ rewards: [gift(5, 'free-drink')] }, ['rewards', 0, 'key']],
    [{ bonus: 10 }, ['bonus']],
    [{ bonus: 5, rewards: [gift(5)] }, ['bonus']],
    [{ double_days: [{ times: 2 }] }, ['double_days', 0]],
    [{ expires: undefined, expires_from: 'last_stamp' }, ['expires_from']]
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

describe('a programme may say much more', () => {
  test('rewards on the way and at the goal, all in one list, and everything else at once', () => {
    const whole = {
      ...cardFile(),
      key: 'kamakura-only',
      shops: ['kamakura'],
      reward: undefined,
      rewards: [gift(10), gift(5, 'coffee')],
      bonus: 2,
      double_days: [
        { weekdays: ['wed'], times: 3 },
        { dates: ['2026-12-24'], days_of_month: [5, 15, 25] }
      ],
      expires_from: 'last_stamp',
      until: '2027-03-31'
    }
    const checked = stampCardKind.check(whole)
    expect(checked).toMatchObject({ ok: true, key: 'kamakura-only' })
    expect(checked.ok && stampCardKind.check(checked.body)).toEqual(checked)
  })

  test('but names only shops that there are', () => {
    const around = { definitions: [{ kind: 'shops', key: 'shops', body: parse(read('shops.yaml')) }], unset: [] }
    const together = (shops: string[]) => stampCardKind.together?.({ ...cardFile(), shops }, around)
    expect(together(['kamakura'])).toEqual([])
    expect(together(['kamakura', 'shibuya'])).toEqual([
      { path: ['shops', 1], message: expect.stringContaining('kichijoji, shimokitazawa, kamakura') }
    ])
    expect(stampCardKind.together?.({ ...cardFile(), shops: ['x1'] }, { definitions: [], unset: [] })).toEqual([])
  })
})
