import { expect, test } from 'vitest'
import { flowFaults } from './faults.ts'
import { Flow } from './schema.ts'

const text = { ja: 'あ', en: 'a' }
const timeout = { after: '1d', to: 'exit' }
const scale = { type: 'scale', min: 0, max: 10 }
const ask = (id: string, more: object = {}) => ({ id, do: 'ask', text, answer: scale, timeout, ...more })
const say = (id: string, more: object = {}) => ({ id, do: 'say', text, ...more })
const wait = (id: string, more: object = {}) => ({ id, do: 'wait', for: '1d', ...more })
const options = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: { ja: `選択${at}`, en: `Option ${at}` } }))
const choice = (count: number) => ({ type: 'choice', options: options(count) })

const give = (id: string, more: object = {}) => ({ id, do: 'give', coupon: 'come_back', ...more })
const followUp = (more: object) => ({ id: 'f', do: 'follow_up', priority: 'high', due: '1d', ...more })

function faultsOf(...steps: object[]): string[] {
  const flow = Flow.parse({ id: 'f', kind: 'survey', consent: 'research', trigger: { event: 'visit' }, steps })
  return flowFaults(flow).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test.each<[string, object[]]>([
  ['a question and thanks', [ask('q'), say('thanks', { text: { ja: '{q}点 {customer.name}', en: '{ q }' } })]],
  ['a loop that waits', [say('hello'), wait('w', { next: 'hello' })]],
  ['a loop through a question', [ask('q', { next: 'q' })]],
  ['thirteen buttons', [ask('q', { answer: choice(13) })]],
  ['twelve buttons and one to skip', [ask('q', { answer: choice(12), optional: true })]],
  ['an exit step', [say('a', { next: 'end' }), { id: 'end', do: 'exit' }]],
  [
    'conditions on answers',
    [ask('q', { next: [{ when: { q: { lte: 3, answered: true } }, to: 'q' }, { to: 'exit' }] })]
  ],
  [
    'CSAT and CES on their scales',
    [
      ask('a', { measure: 'csat', answer: { type: 'scale', min: 1, max: 5 } }),
      ask('b', { measure: 'ces', answer: { type: 'scale', min: 1, max: 7 } })
    ]
  ],
  [
    'a coupon named after it was given',
    [give('g'), wait('w'), say('a', { text: { ja: '{coupon.title}', en: '{coupon.expires}' } })]
  ],
  ['a stamp as a present', [{ id: 'g', do: 'give', stamp: true }]],
  ['points as a present', [{ id: 'g', do: 'give', points: 50 }]],
  ['a tag taken off', [{ id: 't', do: 'tag', remove: '常連' }]]
])('%s has no fault', (_, steps) => {
  expect(faultsOf(...steps)).toEqual([])
})

test.each<[string, object[], string]>([
  ['an unknown target', [say('a', { next: 'b' })], 'steps.0.next: there is no step "b": write one of a, exit'],
  [
    'an unknown target of a choice',
    [ask('a', { next: [{ when: { a: 1 }, to: 'x' }] })],
    'steps.0.next.0.to: there is no step "x": write one of a, exit'
  ],
  [
    'an unknown target of a time-out',
    [ask('a', { timeout: { after: '1d', to: 'x' } })],
    'steps.0.timeout.to: there is no step "x"'
  ],
  [
    'an unknown target of an event',
    [wait('a', { until: { event: 'visit', to: 'x' } })],
    'steps.0.until.to: there is no step "x"'
  ],
  ['a step nobody reaches', [say('a', { next: 'exit' }), say('b')], 'steps.1.id: no way leads to "b"'],
  ['a step of its own circle only', [say('a', { next: 'exit' }), wait('b', { next: 'b' })], 'no way leads to "b"'],
  ['a step that repeats itself', [say('a', { next: 'a' })], 'steps.0: from "a" the flow goes round without a pause'],
  ['a circle of two', [wait('w'), say('a'), say('b', { next: 'a' })], 'steps.1: from "a" the flow goes round'],
  [
    'a circle by condition',
    [ask('q'), { id: 'b', do: 'branch', next: [{ when: { q: 1 }, to: 'b' }] }],
    'steps.1: from "b" the flow goes round'
  ],
  [
    'a question without a time-out',
    [ask('q', { timeout: undefined }), say('b')],
    'steps.0: the question "q" has no time-out, a silent customer would wait for ever: add "timeout: { after: 3d, to: b }"'
  ],
  [
    'an unknown placeholder',
    [say('a', { text: { ja: '{customer.nam}', en: 'a' } })],
    'steps.0.text.ja: {customer.nam} is unknown: write one of {customer.name}'
  ],
  [
    'a present of nothing',
    [{ id: 'g', do: 'give' }],
    'steps.0: say what is given: "stamp: true", or "points: …", or "coupon: …"'
  ],
  ['a present of two things', [give('a', { stamp: true })], 'steps.0: say what is given'],
  ['points beside a coupon', [give('a', { points: 5 })], 'steps.0: say what is given'],
  [
    'a coupon in a text before it is given',
    [say('a', { text: { ja: '{coupon.title}', en: 'a' } }), give('g')],
    'steps.0.text.ja: {coupon.title}: not everybody who comes here has got a coupon'
  ],
  [
    'a coupon in a text that one may come to without it',
    [
      ask('q', { next: [{ when: { q: 1 }, to: 'g' }, { to: 'b' }] }),
      give('g'),
      say('b', { text: { ja: 'あ', en: '{coupon.expires}' } })
    ],
    'steps.2.text.en: {coupon.expires}: not everybody who comes here has got a coupon'
  ],
  [
    'a coupon in what staff read',
    [give('g'), { id: 'n', do: 'notify', text: { ja: '{coupon.title}', en: 'a' } }],
    'steps.1.text.ja: {coupon.title}: only the customer is told about the coupon'
  ],
  [
    'a title with an answer that may be taken back without it',
    [ask('q'), ask('r'), followUp({ score: 'q', title: { ja: '{q} {r}', en: 'a' } })],
    'steps.2.title.ja: {r} is unknown: write one of {customer.name}, {q}'
  ],
  [
    'a title that is a letter',
    [followUp({ title: { ja: 'あ', en: 'a'.repeat(101) } })],
    'steps.0.title.en: staff read this at a glance: write at most 100 characters, not 101'
  ],
  [
    'a notice that is a letter',
    [{ id: 'n', do: 'notify', text: { ja: 'あ'.repeat(501), en: 'a' } }],
    'steps.0.text.ja: staff read this at a glance: write at most 500 characters, not 501'
  ],
  [
    'a notice that repeats free text',
    [ask('q', { answer: { type: 'text' } }), { id: 'n', do: 'notify', text: { ja: '{q}', en: 'a' } }],
    'steps.1.text.ja: {q} would repeat what the customer wrote'
  ],
  ['an empty placeholder', [say('a', { text: { ja: 'あ', en: '{}' } })], 'steps.0.text.en: {} is unknown'],
  [
    'a placeholder that repeats free text',
    [ask('q', { answer: { type: 'text' } }), say('a', { text: { ja: '{q}', en: '{q}' } })],
    'steps.1.text.ja: {q} would repeat what the customer wrote'
  ],
  ['a placeholder of a retry', [ask('q', { retry: { ja: '{x}', en: 'a' } })], 'steps.0.retry.ja: {x} is unknown'],
  [
    'fourteen buttons',
    [ask('q', { answer: choice(14) })],
    'steps.0.answer: that makes 14 quick replies, LINE takes 13'
  ],
  [
    'thirteen buttons and one to skip',
    [ask('q', { answer: choice(13), optional: true })],
    'steps.0.answer: that makes 14 quick replies with the one to skip'
  ],
  ['a scale of 14', [ask('q', { answer: { type: 'scale', min: 1, max: 14 } })], 'steps.0.answer: that makes 14 quick'],
  [
    'a scale upside down',
    [ask('q', { answer: { type: 'scale', min: 5, max: 5 } })],
    'steps.0.answer.max: write a number above'
  ],
  [
    'a label that is too long',
    [
      ask('q', {
        answer: { type: 'choice', options: [{ value: 'x', label: { ja: 'あ'.repeat(21), en: 'a' } }, ...options(1)] }
      })
    ],
    'steps.0.answer.options.0.label.ja: a label has at most 20 characters, this has 21'
  ],
  [
    'two options of one value',
    [ask('q', { answer: { type: 'choice', options: [...options(1), { value: 'v0', label: { ja: 'い', en: 'b' } }] } })],
    'steps.0.answer.options.1.value: "v0" is offered twice'
  ],
  [
    'two options of one label',
    [
      ask('q', {
        answer: { type: 'choice', options: [...options(1), { value: 'z', label: { ja: '選択0', en: 'b' } }] }
      })
    ],
    'steps.0.answer.options.1.label: another option has this label'
  ],
  [
    'a text that is too long',
    [say('a', { text: { ja: 'あ'.repeat(5001), en: 'a' } })],
    'steps.0.text.ja: with its placeholders'
  ],
  [
    'a text that a long name makes too long',
    [say('a', { text: { ja: `${'あ'.repeat(4900)}{customer.name}`, en: 'a' } })],
    'steps.0.text.ja: with its placeholders the text has up to 5025 characters, LINE takes 5000'
  ],
  [
    'NPS on another scale',
    [ask('q', { measure: 'nps', answer: { type: 'scale', min: 1, max: 10 } })],
    'steps.0.measure: NPS'
  ],
  [
    'CSAT on another scale',
    [ask('q', { measure: 'csat' })],
    'steps.0.measure: CSAT is asked on a scale from 1 to 5: set min: 1, max: 5'
  ],
  [
    'CES on another scale',
    [ask('q', { measure: 'ces', answer: { type: 'scale', min: 1, max: 5 } })],
    'steps.0.measure: CES is asked on a scale from 1 to 7'
  ],
  ['NPS as text', [ask('q', { measure: 'nps', answer: { type: 'text' } })], 'steps.0.measure: NPS'],
  ['one id twice', [say('a'), say('a')], 'steps.1.id: step 1 is called "a" too'],
  ['a step called exit', [say('exit')], 'steps.0.id: "exit" is where a flow ends'],
  ['an exit called exit', [{ id: 'exit', do: 'exit' }], 'steps.0.id: "exit" is where a flow ends'],
  [
    'a condition on nothing',
    [ask('q', { next: [{ when: { p: 1 }, to: 'exit' }] })],
    'steps.0.next.0.when.p: there is no question "p": write one of q'
  ],
  [
    'a condition of another type',
    [ask('q', { next: [{ when: { q: { eq: 'yes' } }, to: 'exit' }] })],
    'steps.0.next.0.when.q: the answer to "q" is a number, never "yes"'
  ],
  [
    'a condition no option meets',
    [ask('q', { answer: choice(2), next: [{ when: { q: { in: ['v0', 'v9'] } }, to: 'exit' }] })],
    'steps.0.next.0.when.q: "v9" is no answer to "q": write one of v0, v1'
  ],
  [
    'choices after the one for everybody',
    [ask('q', { next: [{ to: 'exit' }, { when: { q: 1 }, to: 'exit' }] })],
    'steps.0.next.1: the line above takes everybody'
  ],
  ['a tag without a name', [{ id: 't', do: 'tag' }], 'steps.0: name the tag'],
  [
    'a follow-up with a score that is none',
    [ask('q', { answer: { type: 'text' } }), { id: 'f', do: 'follow_up', priority: 'high', due: '1d', score: 'q' }],
    'steps.1.score: "q" is not a question of type scale'
  ],
  [
    'a follow-up with words from nowhere',
    [{ id: 'f', do: 'follow_up', priority: 'high', due: '1d', words: 'why' }],
    'steps.0.words: "why" is not a question of type text'
  ]
])('%s is told, with its place and the remedy', (_, steps, expected) => {
  const faults = faultsOf(...steps)
  expect(faults.join('\n')).toContain(expected)
})

test('every fault is told at once, in the order of the file', () => {
  const faults = faultsOf(
    ask('q', { timeout: undefined }),
    say('a', { text: { ja: '{x}', en: '{y}' } }),
    say('b', { next: 'c' })
  )
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'steps.0',
    'steps.1.text.ja',
    'steps.1.text.en',
    'steps.2.next'
  ])
})
