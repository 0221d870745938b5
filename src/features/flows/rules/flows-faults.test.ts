import { expect, test } from 'vitest'
import { flowsFaults } from './flows-faults.ts'
import { Flow } from './schema.ts'

const flow = (id: string, steps: object[], more: object = {}) =>
  Flow.parse({ id, kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps, ...more })
const to = (target: string, more: object = {}) => ({ id: `to_${target}`, do: 'goto', flow: target, ...more })
const wait = { id: 'w', do: 'wait', for: '1d' }
const tag = { id: 't', do: 'tag', add: '常連' }
const branch = { id: 'b', do: 'branch', next: [{ to: 'exit' }] }

const faultsOf = (...flows: Flow[]) =>
  flows.flatMap((each) =>
    flowsFaults(each, flows).map(({ path, message }) => `${each.id} ${path.join('.')}: ${message}`)
  )

test.each<[string, Flow[]]>([
  ['a way into another flow', [flow('a', [tag, to('b')]), flow('b', [wait])]],
  ['a ring that waits on its way', [flow('a', [to('b')]), flow('b', [wait, to('a')])]],
  ['a flow that begins itself anew after a while', [flow('a', [tag, wait, to('a')])]],
  ['a ring that nobody can enter at once', [flow('a', [wait, to('b')]), flow('b', [to('a')])]]
])('%s has no fault', (_, flows) => {
  expect(faultsOf(...flows)).toEqual([])
})

test.each<[string, Flow[], string]>([
  [
    'an unknown flow',
    [flow('a', [to('x')]), flow('b', [tag]), flow('c', [tag])],
    'a steps.0.flow: there is no flow "x": write one of b, c'
  ],
  ['an unknown flow where there is no other', [flow('a', [to('x')])], 'write one of those you make'],
  [
    'a flow that begins itself at once',
    [flow('a', [tag, to('a')])],
    'a steps.1.flow: from "a" the way leads back here without a pause: put a wait or a question in between'
  ],
  ['a ring of two', [flow('a', [to('b')]), flow('b', [tag, to('a')])], 'b steps.1.flow: from "a" the way leads back'],
  [
    'a ring of three on one of several ways',
    [flow('a', [to('b')]), flow('b', [{ ...branch, next: [{ to: 'to_c' }] }, to('c')]), flow('c', [to('a')])],
    'c steps.0.flow: from "a" the way leads back'
  ],
  [
    'a survey and a scenario of one name',
    [flow('a', [tag]), flow('a', [tag], { kind: 'survey' })],
    'a id: a survey is called "a" too: give one of them another id'
  ]
])('%s is told', (_, flows, expected) => {
  expect(faultsOf(...flows).join('\n')).toContain(expected)
})
