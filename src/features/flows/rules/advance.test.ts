import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Advance, advance, type Effect, type Input, MAX_VISITS, NEW_RUN, type Run } from './advance.ts'
import { flowFaults } from './faults.ts'
import { pauses } from './graph.ts'
import { Flow } from './schema.ts'

const nps = Flow.parse(parse(readFileSync('flows/surveys/nps.yaml', 'utf8')))
const started = advance(nps, NEW_RUN, { type: 'start' })
const answered = (run: Run, value: string | number | undefined): Advance =>
  advance(nps, run, { type: 'answer', visit: run.visit, value })

/** An effect in a word: "ask score", "follow_up alert". */
function inShort(effect: Effect): string {
  if (effect.do === 'ask' || effect.do === 'record') return `${effect.do} ${effect.question.id}`
  if (effect.do === 'follow_up') return `follow_up ${effect.step.id}`
  if (effect.do === 'set_timer') return `set_timer ${effect.visit} ${effect.after}`
  if (effect.do === 'cancel_timer') return `cancel_timer ${effect.visit}`
  if (effect.do === 'tag') return `tag ${effect.add}`
  return effect.do
}
const shortly = ({ effects }: Advance) => effects.map(inShort)

describe('the NPS survey', () => {
  test('asks for the score first, and waits three days', () => {
    expect(shortly(started)).toEqual(['ask score', 'set_timer 1 3d'])
    expect(started.run).toEqual({ step: 'score', visit: 1, facts: {}, ended: false })
  })

  test.each([0, 1, 2, 3, 4, 5, 6])('a score of %i opens a follow-up at once, before it asks why', (score) => {
    const low = answered(started.run, score)
    expect(shortly(low)).toEqual(['cancel_timer 1', 'record score', 'follow_up alert', 'ask reason', 'set_timer 2 1d'])
  })

  test.each([7, 8, 9, 10])('a score of %i is thanked for, and that is all', (score) => {
    expect(shortly(answered(started.run, score))).toEqual(['cancel_timer 1', 'record score', 'say', 'end'])
  })

  test('promoters and passives read different thanks', () => {
    const thanks = [7, 8, 9, 10].map((score) =>
      answered(started.run, score).effects.find((effect) => effect.do === 'say')
    )
    expect(thanks[0]).toEqual(thanks[1])
    expect(thanks[2]).toEqual(thanks[3])
    expect(thanks[1]).not.toEqual(thanks[2])
  })

  test('a reason is added to the follow-up, and thanked for', () => {
    const low = answered(started.run, 3)
    expect(shortly(answered(low.run, '待ち時間が長い'))).toEqual([
      'cancel_timer 2',
      'record reason',
      'follow_up add_reason',
      'say',
      'end'
    ])
  })

  test('silence after a low score still leads on', () => {
    const low = answered(started.run, 3)
    const silent = advance(nps, low.run, { type: 'timeout', visit: 2 })
    expect(shortly(silent)).toEqual(['tag 理由未回答', 'end'])
    expect(silent.run.ended).toBe(true)
  })

  test('the reason can be skipped, the score can not', () => {
    const low = answered(started.run, 3)
    expect(shortly(answered(low.run, undefined))).toEqual(['cancel_timer 2', 'say', 'end'])
    expect(answered(started.run, undefined).verdict).toBe('unfit')
  })

  test('silence at the first question ends the survey', () => {
    expect(shortly(advance(nps, started.run, { type: 'timeout', visit: 1 }))).toEqual(['end'])
  })

  const low = answered(started.run, 3).run
  const over = answered(started.run, 9).run
  test.each<[string, Run, Input]>([
    ['a second tap on the answered question', low, { type: 'answer', visit: 1, value: 9 }],
    ['the time-out of the answered question', low, { type: 'timeout', visit: 1 }],
    ['a tap from a visit yet to come', low, { type: 'answer', visit: 3, value: 9 }],
    ['a tap after the end', over, { type: 'answer', visit: 1, value: 9 }],
    ['a time-out after the end', over, { type: 'timeout', visit: 1 }],
    ['a second start', low, { type: 'start' }],
    ['a start after the end', over, { type: 'start' }],
    ['an answer before the start', NEW_RUN, { type: 'answer', visit: 0, value: 1 }],
    ['an event that nobody waits for', low, { type: 'event', name: 'visit' }]
  ])('%s changes nothing', (_, run, input) => {
    const after = advance(nps, run, input)
    expect(after).toEqual({ verdict: 'stale', run, effects: [] })
    expect(after.run).toBe(run)
  })

  test.each([11, -1, 2.5, 'eight', true])('an answer of %j to the score changes nothing', (value) => {
    const input: Input = { type: 'answer', visit: 1, value }
    expect(advance(nps, started.run, input)).toEqual({ verdict: 'unfit', run: started.run, effects: [] })
  })
})

const text = { ja: 'あ', en: 'a' }
const flowOf = (...steps: unknown[]) =>
  Flow.parse({ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps })

test('a wait is ended by its time or by its event, whichever comes first', () => {
  const flow = flowOf(
    { id: 'pause', do: 'wait', for: '3d', until: { event: 'visit', to: 'back' } },
    { id: 'gone', do: 'say', text, next: 'exit' },
    { id: 'back', do: 'tag', add: 'back' }
  )
  const { run } = advance(flow, NEW_RUN, { type: 'start' })
  expect(shortly(advance(flow, run, { type: 'timeout', visit: 1 }))).toEqual(['say', 'end'])
  expect(shortly(advance(flow, run, { type: 'event', name: 'visit' }))).toEqual(['cancel_timer 1', 'tag back', 'end'])
  expect(advance(flow, run, { type: 'event', name: 'stamp.granted' }).verdict).toBe('stale')
  expect(advance(flow, run, { type: 'answer', visit: 1, value: 1 }).verdict).toBe('stale')
})

test('a run that ended without a pause does not begin again', () => {
  const flow = flowOf({ id: 'hello', do: 'say', text })
  const { run } = advance(flow, NEW_RUN, { type: 'start' })
  expect(run).toMatchObject({ ended: true, visit: 0 })
  expect(advance(flow, run, { type: 'start' }).verdict).toBe('stale')
  expect(advance(flow, run, { type: 'timeout', visit: 0 }).verdict).toBe('stale')
})

test('a skipped question that was answered on an earlier round counts as unanswered', () => {
  const question = {
    id: 'q',
    do: 'ask',
    text,
    optional: true,
    answer: { type: 'text' },
    timeout: { after: '1d', to: 'exit' }
  }
  const flow = flowOf(question, { id: 'again', do: 'wait', for: '1d', next: 'q' })
  let { run } = advance(flow, NEW_RUN, { type: 'start' })
  run = advance(flow, run, { type: 'answer', visit: 1, value: 'once' }).run
  run = advance(flow, run, { type: 'timeout', visit: 2 }).run
  expect(run).toMatchObject({ step: 'q', visit: 3, facts: { q: 'once' } })
  expect(advance(flow, run, { type: 'answer', visit: 3, value: undefined }).run.facts).toEqual({})
})

test('a flow that goes round without end lets everybody out after a while', () => {
  const flow = flowOf({ id: 'w', do: 'wait', for: '1d', next: 'w' })
  let { run } = advance(flow, NEW_RUN, { type: 'start' })
  for (let day = 0; day < MAX_VISITS && !run.ended; day += 1)
    run = advance(flow, run, { type: 'timeout', visit: run.visit }).run
  expect(run).toMatchObject({ ended: true, visit: MAX_VISITS })
})

const IDS = ['a', 'b', 'c', 'd', 'e']
const to = fc.constantFrom(...IDS, 'exit')
const when = fc.constantFrom({ a: { lte: 3 } }, { b: 2 }, { a: { answered: true } })
const next = fc.option(fc.oneof(to, fc.array(fc.record({ when, to }), { minLength: 1, maxLength: 2 })), {
  nil: undefined
})
const timeout = fc.record({ after: fc.constantFrom('1h', '2d'), to })
const stepOf = (id: string) =>
  fc.oneof(
    fc.record({ id: fc.constant(id), do: fc.constant('say'), text: fc.constant(text), next }),
    fc.record({ id: fc.constant(id), do: fc.constant('tag'), add: fc.constant('t'), next }),
    fc.record({ id: fc.constant(id), do: fc.constant('wait'), for: fc.constant('1d'), next }),
    fc.record({
      id: fc.constant(id),
      do: fc.constant('ask'),
      text: fc.constant(text),
      answer: fc.constant({ type: 'scale', min: 0, max: 5 }),
      optional: fc.boolean(),
      timeout,
      next
    })
  )
const unreferenced = (message: string) => /no question|never reached|no way leads/.test(message)
/** Any flow that may be published, but for steps nobody reaches. */
const flows = fc
  .tuple(...IDS.map(stepOf))
  .map((steps) => flowOf(...steps.map((step) => JSON.parse(JSON.stringify(step)))))
  .filter((flow) => flowFaults(flow).every(({ message }) => unreferenced(message)))
const inputs = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('answer' as const),
      visit: fc.nat(4),
      value: fc.option(fc.nat(7), { nil: undefined })
    }),
    fc.record({ type: fc.constant('timeout' as const), visit: fc.nat(4) }),
    fc.record({ type: fc.constant('event' as const), name: fc.constant('visit') })
  ),
  { maxLength: 30 }
)

test('any flow without faults takes any inputs: it waits at a pause or has ended, and each effect happens once', () => {
  fc.assert(
    fc.property(flows, inputs, (flow, given) => {
      let { run, effects } = advance(flow, NEW_RUN, { type: 'start' })
      const seen = [...effects]
      for (const input of given) {
        const before = run
        const moved = advance(flow, run, input)
        if (moved.verdict !== 'taken') expect(moved).toEqual({ verdict: moved.verdict, run: before, effects: [] })
        run = moved.run
        seen.push(...moved.effects)
      }
      const step = flow.steps.find(({ id }) => id === run.step)
      expect(run.ended || (step !== undefined && pauses(step))).toBe(true)
      for (const kind of ['ask', 'record', 'set_timer', 'cancel_timer'] as const) {
        const visits = seen.flatMap((effect) => (effect.do === kind ? [effect.visit] : []))
        expect(new Set(visits).size).toBe(visits.length)
      }
      const ends = seen.filter((effect) => effect.do === 'end').length
      expect(ends).toBe(run.ended ? 1 : 0)
    })
  )
})

test('every path of any flow ends, if time passes', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      let { run } = advance(flow, NEW_RUN, { type: 'start' })
      for (let pause = 0; pause <= MAX_VISITS && !run.ended; pause += 1)
        run = advance(flow, run, { type: 'timeout', visit: run.visit }).run
      expect(run.ended).toBe(true)
    })
  )
})

test('inputs delivered twice, each beside itself, lead to the same run as delivered once', () => {
  fc.assert(
    fc.property(flows, inputs, (flow, given) => {
      const visited = given.filter(({ type }) => type !== 'event')
      const end = (list: readonly Input[]) =>
        list.reduce((run, input) => advance(flow, run, input).run, advance(flow, NEW_RUN, { type: 'start' }).run)
      expect(end(visited.flatMap((input) => [input, input]))).toEqual(end(visited))
    })
  )
})
