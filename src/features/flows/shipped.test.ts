import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Locale } from '../../core/locale.ts'
import { edges, pauses } from './rules/graph.ts'
import { type Flow, Flow as FlowSchema } from './rules/schema.ts'
import { simulate } from './rules/simulate.ts'

const flows: Flow[] = globSync('flows/{surveys,scenarios}/*.yaml').map((name) =>
  FlowSchema.parse(parse(readFileSync(name, 'utf8')))
)
const named = flows.map((flow): [string, Flow] => [flow.id, flow])
const DAY_MS = 86_400_000

/** What customers may type into a question, and what else happens. */
const input = fc.constantFrom(
  ...['1', '３', '5点', '九', 'スキップ', 'Skip', 'はい', '価格', 'Price', '案内してほしい', 'よくわかりません'],
  ...['スタンプ', 'wait 1h', 'wait 2d', 'wait 40d', 'event visit', 'event stamp.granted']
)
const play = (flow: Flow, inputs: readonly string[], locale: Locale = 'ja') =>
  simulate(flow, { inputs, locale, customerName: locale === 'ja' ? '花子 様' : 'Emma' })

describe.each(named)('%s', (_, flow) => {
  test('ends, whatever is answered and however long that takes, within half a year of silence', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 8 }), (inputs) => {
        expect(play(flow, inputs).run.ended).toBe(true)
      }),
      { numRuns: 60 }
    )
    expect(Math.max(...play(flow, []).lines.map(({ atMs }) => atMs))).toBeLessThan(183 * DAY_MS)
  })

  test('reads whole in both languages: nothing is left to be filled in', () => {
    for (const locale of ['ja', 'en'] as const)
      for (const { text } of play(flow, [], locale).lines) expect(text).not.toMatch(/[{}]|undefined|NaN/)
  })

  test('leads on from every question when nobody answers', () => {
    const waiting = flow.steps.filter(pauses).map(({ id }) => id)
    expect(waiting.filter((id) => !edges(flow).some(({ from }) => from === id))).toEqual([])
  })
})

test('what is shipped covers a customer’s life, from the first hello to the last', () => {
  expect(flows.map(({ id }) => id).sort()).toEqual(
    [
      ...['birthday', 'cancel_reason', 'ces', 'coupon_expiring', 'csat', 'nps', 'post_purchase'],
      ...['second_visit', 'tier_up', 'usage_report', 'vip_slowing', 'welcome', 'win_back']
    ].sort()
  )
})

test('whoever is sold something can be left out of it: only service flows write without consent', () => {
  const sold = flows.filter(({ steps }) => steps.some((step) => step.do === 'give'))
  expect(sold.map(({ id, consent }) => [id, consent])).toEqual(sold.map(({ id }) => [id, 'marketing']))
})
