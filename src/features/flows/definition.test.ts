import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkFiles, faultLine } from '../definitions/index.ts'
import { flowDefinitions, flowJsonSchema } from './index.ts'

const good = `id: hello
kind: survey
consent: research
trigger: { event: visit }
steps:
  - id: q
    do: ask
    text: { ja: いかがでしたか？, en: How was it? }
    answer: { type: scale, min: 1, max: 5 }
    timeout: { after: 1d, to: exit }
  - id: thanks
    do: say
    text:
      ja: ありがとうございました。
      en: Thank you.
`

function check(text: string, path = 'surveys/hello.yaml') {
  return checkFiles(flowDefinitions, [{ path, text }])
}

test('every shipped survey and scenario is good', () => {
  const names = globSync('{surveys,scenarios}/*.yaml', { cwd: 'flows' })
  const beside = (kind: string, folder: string) =>
    globSync('*.yaml', { cwd: `flows/${folder}` }).map((name) => ({ kind, key: name.replace('.yaml', ''), body: null }))
  const definitions = [...beside('segment', 'segments'), ...beside('coupon', 'loyalty/coupons')]
  const files = names.map((path) => ({ path, text: readFileSync(`flows/${path}`, 'utf8') }))
  const { faults, good: checked } = checkFiles(flowDefinitions, files, { definitions })
  expect(faults.map(faultLine)).toEqual([])
  expect(checked.map(({ path, key }) => path.endsWith(`/${key}.yaml`))).toEqual(names.map(() => true))
})

test('the JSON Schema for editors says what the engine checks', () => {
  expect(JSON.parse(readFileSync('flows/flow.schema.json', 'utf8'))).toEqual(flowJsonSchema())
})

test('defaults are written out, so that a published version never changes with them', () => {
  expect(check(good).good[0]?.body).toMatchObject({ steps: [{ id: 'q', optional: false }, { id: 'thanks' }] })
})

test.each<[string, string, string, string]>([
  [
    'an unknown kind of step',
    'do: say',
    'do: shout',
    '12:5 write one of say, ask, wait, branch, tag, follow_up, set, give, notify, webhook, goto, exit'
  ],
  ['a missing language', '      en: Thank you.\n', '', '13:5 the English text is missing: add "en: …"'],
  ['an empty text', 'en: Thank you.', 'en: " "', '15:7 write a text here, it is empty'],
  [
    'a text in one language only',
    '{ ja: いかがでしたか？, en: How was it? }',
    'How was it?',
    '8:5 write lines of the form "name: value"'
  ],
  ['a misspelt word', 'timeout:', 'time_out:', '10:5 "time_out" means nothing here: correct the word or delete it'],
  ['a duration in words', 'after: 1d', 'after: one day', '10:16 write a duration as 30m, 12h or 3d'],
  ['an unknown event', 'event: visit', 'event: purchase', '4:12 write one of line.followed, line.linked, visit'],
  ['no purpose', 'consent: research\n', '', '1:1 "consent" is missing: write one of service, research, marketing'],
  ['an id with capitals', 'id: thanks', 'id: Thanks', '11:5 use small letters, digits and "_"'],
  ['an unknown target', 'to: exit', 'to: later', '10:27 there is no step "later": write one of q, thanks, exit'],
  ['no time-out', '    timeout: { after: 1d, to: exit }\n', '', '6:5 the question "q" has no time-out'],
  [
    'an unknown placeholder',
    'en: Thank you.',
    'en: Thank you, {name}.',
    '15:7 {name} is unknown: write one of {customer.name}, {q}'
  ],
  ['too many buttons', 'max: 5', 'max: 99', '9:5 that makes 99 quick replies, LINE takes 13'],
  ['a number for a step', 'to: exit', 'to: 3', '10:27 write a text'],
  ['no steps', good.slice(good.indexOf('steps:')), 'steps: []', '5:1 write at least 1 entries'],
  ['the wrong folder', 'kind: survey', 'kind: scenario', '2:1 the files of this folder are of kind survey'],
  ['a step nobody reaches', 'to: exit }', 'to: exit }\n    next: exit', '12:5 no way leads to "thanks"'],
  ['a circle', 'do: say', 'do: say\n    next: thanks', '11:5 from "thanks" the flow goes round without a pause']
])('%s is told with file, line, column and remedy', (_, from, to, expected) => {
  expect(good).toContain(from)
  const { faults } = check(good.replace(from, to))
  expect(faults.map(faultLine).join('\n')).toContain(`surveys/hello.yaml:${expected}`)
})

test('the tiers a flow names have to be among those beside it', () => {
  const tier = (key: string, more: object = {}) => ({ key, name: { ja: key, en: key }, colour: '#333333', ...more })
  const body = { ...{ window: '365d', keep: '365d' }, tiers: [tier('regular'), tier('gold', { reach: { visits: 1 } })] }
  const text = (to: string, asked: string) =>
    good
      .replace('event: visit', `event: tier.changed, where: { to: ${to} }`)
      .replace(
        'to: exit }\n  - id: thanks',
        `to: exit }\n    next: [{ when: { customer.tier: { in: [${asked}] } }, to: exit }, { to: thanks }]\n  - id: thanks`
      )
  const faults = (files: string, definitions = [{ kind: 'tiers', key: 'tiers', body }]) =>
    checkFiles(flowDefinitions, [{ path: 'surveys/hello.yaml', text: files }], { definitions }).faults.map(faultLine)
  expect(faults(text('gold', 'regular, gold'))).toEqual([])
  expect(faults(text('silver', 'gold, gone'))).toEqual([
    expect.stringMatching(/:4:\d+ there is no tier "silver": write one of regular, gold/),
    expect.stringMatching(/:11:\d+ there is no tier "gone"/)
  ])
  expect(faults(text('gold', 'gold'), [])).toHaveLength(2)
})
