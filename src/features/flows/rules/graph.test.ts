import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { after, EXIT, edges, findStep, pauses } from './graph.ts'
import { Flow } from './schema.ts'

const nps = Flow.parse(parse(readFileSync('flows/surveys/nps.yaml', 'utf8')))
const text = { ja: 'あ', en: 'a' }
const flowOf = (...steps: object[]) =>
  Flow.parse({ id: 'a', kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps })
const inShort = (flow: Flow) => edges(flow).map(({ from, to, label }) => `${from} → ${to}${label && ` (${label})`}`)

test('every way through the NPS survey is an edge: answers, silence, and the step below', () => {
  expect(inShort(nps)).toEqual([
    'score → exit (silent for 3d)',
    'score → alert (score ≤ 6)',
    'score → delighted (score ≥ 9)',
    'score → thanks (else)',
    'alert → reason',
    'reason → silent (silent for 1d)',
    'reason → add_reason (reason answered)',
    'reason → skipped (else)',
    'add_reason → heard',
    'heard → exit',
    'skipped → exit',
    'silent → exit',
    'thanks → exit',
    'delighted → exit'
  ])
})

test('choices that may all fail lead on to the step below; a wait shows its event', () => {
  const flow = flowOf(
    { id: 'w', do: 'wait', for: '2d', until: { event: 'visit', to: 'b' } },
    {
      id: 'b',
      do: 'branch',
      next: [
        { when: { q: { gte: 2, lte: 3 } }, to: 'w' },
        { when: { q: 9 }, to: 'e' }
      ]
    },
    { id: 'c', do: 'say', text },
    { id: 'e', do: 'exit' }
  )
  expect(inShort(flow)).toEqual([
    'w → b (visit)',
    'w → b',
    'b → w (q ≤ 3, q ≥ 2)',
    'b → e (q = 9)',
    'b → c (else)',
    'c → e',
    'e → exit'
  ])
})

test('an edge names the place of the file that says so; what follows from the order has none', () => {
  const paths = edges(nps).map(({ path }) => path.join('.'))
  expect(paths.slice(0, 3)).toEqual(['steps.0.timeout.to', 'steps.0.next.0.to', 'steps.0.next.1.to'])
  expect(edges(nps).find(({ from }) => from === 'alert')?.path).toEqual([])
})

test('only questions and waits pause', () => {
  expect(nps.steps.filter(pauses).map(({ id }) => id)).toEqual(['score', 'reason'])
})

test('wherever a run goes after a step, whatever is known, an edge leads there', () => {
  const facts = fc.dictionary(fc.constantFrom('score', 'reason', 'x'), fc.oneof(fc.nat(12), fc.string(), fc.boolean()))
  fc.assert(
    fc.property(fc.constantFrom(...nps.steps), facts, (step, known) => {
      const to = after(nps, step, known)
      expect(edges(nps).some((edge) => edge.from === step.id && edge.to === to)).toBe(true)
      expect(to === EXIT || findStep(nps, to) !== undefined).toBe(true)
    })
  )
})
