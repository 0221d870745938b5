import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, type Input, MAX_VISITS, NEW_RUN, type Run } from './advance.ts'
import { choicesOf } from './choices.ts'
import type { Known } from './conditions.ts'
import { flowFaults } from './faults.ts'
import { EXIT, findStep } from './graph.ts'
import { Flow } from './schema.ts'

const text = { ja: '文', en: 'Text' }
const option = (value: string) => ({ value, label: { ja: value, en: value } })
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
const target = fc.constantFrom(...ids, EXIT)
const answers = fc.constantFrom(
  { type: 'scale', min: 0, max: 10 },
  { type: 'choice', options: [option('x'), option('y')] },
  { type: 'multi_choice', options: [option('x'), option('y'), option('z')], max: 2 },
  { type: 'date', min: '-10y', max: '+10y' },
  { type: 'text' }
)
const next = fc.option(
  fc.oneof(
    target,
    fc
      .array(fc.record({ when: fc.constantFrom({ a: { answered: true } }, { b: { answered: false } }), to: target }), {
        maxLength: 2
      })
      .chain((ways) => target.map((to) => [...ways, { to }]))
  ),
  { nil: undefined }
)
/** Any step; which ways it has is up to chance. */
const bodies = fc.oneof(
  fc.record({ do: fc.constant('say'), text: fc.constant(text) }),
  fc
    .record({ answer: answers, optional: fc.boolean(), to: target })
    .map(({ to, ...ask }) => ({ ...ask, do: 'ask', text, timeout: { after: '1d', to } })),
  fc.record({ do: fc.constant('wait'), for: fc.constant('1d') }),
  target.map((to) => ({ do: 'wait', for: '1d', until: { event: 'visit', where: { amountYen: { gte: 1000 } }, to } })),
  fc.constantFrom<object>(
    { do: 'tag', add: '常連' },
    { do: 'give', stamp: true },
    { do: 'notify', text },
    { do: 'webhook', url: 'https://shop.example.com/' },
    { do: 'follow_up', priority: 'normal', due: '1d' }
  )
)
const steps = fc
  .array(fc.tuple(bodies, next), { minLength: 1, maxLength: ids.length })
  .map((all) => all.map(([body, way], index) => ({ id: ids[index], ...body, ...(way !== undefined && { next: way }) })))
const flows = steps.map((of) =>
  Flow.parse({ id: 'any', kind: 'scenario', consent: 'service', trigger: { by_hand: true }, steps: of })
)

/** What may happen to a run that waits, sensible or not. */
const happenings = fc.array(
  fc.oneof(
    fc.constant({ type: 'timeout' } as const),
    fc.nat(20).map((button) => ({ type: 'tap', button }) as const),
    fc
      .constantFrom<Known | undefined>(
        7,
        'x',
        ['x', 'z'],
        [],
        ['x', 'y', 'z'],
        '2026-11-28',
        'いい',
        '',
        undefined,
        true
      )
      .map((value) => ({ type: 'answer', value }) as const),
    fc.constantFrom(999, 1000).map((amountYen) => ({ type: 'event', amountYen }) as const)
  ),
  { maxLength: 30 }
)
type Happening = typeof happenings extends fc.Arbitrary<readonly (infer One)[]> ? One : never

function inputOf(flow: Flow, { visit, step }: Run, happening: Happening): Input {
  if (happening.type === 'timeout') return { type: 'timeout', visit }
  if (happening.type === 'event')
    return { type: 'event', name: 'visit', properties: { amountYen: happening.amountYen } }
  if (happening.type === 'answer') return { type: 'answer', visit, value: happening.value }
  const question = findStep(flow, step)
  const choices = question?.do === 'ask' ? choicesOf(question) : []
  const { tap } = choices[happening.button % Math.max(choices.length, 1)] ?? {}
  return { type: 'answer', visit, value: tap?.do === 'answer' ? tap.value : ['x'] }
}

test('a flow without faults waits or ends after whatever happens, and ends when only time goes on', () => {
  let played = 0
  fc.assert(
    fc.property(flows, happenings, (flow, all) => {
      fc.pre(flowFaults(flow).length === 0)
      played += 1
      let { run } = advance(flow, NEW_RUN, { type: 'start' })
      for (const happening of all) {
        const before = run
        const { verdict, run: after, effects } = advance(flow, run, inputOf(flow, run, happening))
        if (verdict !== 'taken') expect([after, effects]).toEqual([before, []])
        else expect(after.ended || after.visit === before.visit + 1).toBe(true)
        run = after
        const at = findStep(flow, run.step)
        expect(run.ended || at?.do === 'ask' || at?.do === 'wait').toBe(true)
      }
      for (let left = MAX_VISITS + 1; left > 0 && !run.ended; left -= 1)
        run = advance(flow, run, { type: 'timeout', visit: run.visit }).run
      expect(run.ended).toBe(true)
    }),
    { numRuns: 300 }
  )
  expect(played).toBeGreaterThan(100)
})
