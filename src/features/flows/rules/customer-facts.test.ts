import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STAGES } from '../../events/index.ts'
import { advance, NEW_RUN } from './advance.ts'
import { customerFact, FACT_NAMES, factsInWords, readFact, SHOWN_FACTS, UNKNOWN_CUSTOMER } from './customer-facts.ts'
import { flowFaults } from './faults.ts'
import { customerFactsNamed } from './named.ts'
import { fillIn } from './placeholders.ts'
import { Flow } from './schema.ts'

const both = (words: string) => ({ ja: words, en: words })
const flowOf = (...steps: object[]) =>
  Flow.parse({ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps })
const branch = (when: object) =>
  flowOf(
    { id: 'b', do: 'branch', next: [{ when, to: 'yes' }, { to: 'no' }] },
    { id: 'yes', do: 'say', text: both('yes'), next: 'exit' },
    { id: 'no', do: 'say', text: both('no') }
  )
const say = (words: string) => flowOf({ id: 'a', do: 'say', text: both(words) })
const faultsOf = (flow: Flow) => flowFaults(flow).map(({ path, message }) => `${path.join('.')}: ${message}`)

test('the stages are those that customers can be in', () => {
  expect(customerFact('customer.stage')?.values).toEqual(STAGES)
})

test.each([
  { 'customer.visits': { gte: 3 } },
  { 'customer.stage': 'loyal' },
  { 'customer.stage': { in: ['dormant', 'lost'] } },
  { 'customer.last_nps': { answered: false } },
  { 'customer.tags': { includes: 'VIP' } },
  { 'customer.tier': { in: ['silver', 'gold'] } },
  { 'customer.segments': { includes: 'not-seen-90d' }, 'customer.locale': { ne: 'en' } }
])('%j is a condition', (when) => expect(faultsOf(branch(when))).toEqual([]))

test.each([
  [{ 'customer.visit': 3 }, 'nothing is known of a customer by "customer.visit": write one of customer.stage, '],
  [{ 'customer.toString': 3 }, 'nothing is known of a customer'],
  [{ 'customer.visits': 'three' }, 'customer.visits is a number, never "three"'],
  [{ 'customer.visits': { in: [1, '2'] } }, 'customer.visits is a number, never "2"'],
  [{ 'customer.visits': { includes: '3' } }, 'customer.visits is no list: write what it should be'],
  [{ 'customer.stage': 'sleepy' }, '"sleepy" is never customer.stage: write one of new, onboarding, '],
  [{ 'customer.stage': { gt: 3 } }, '"3" is never customer.stage'],
  [{ 'customer.tier_name': 'Gold' }, 'customer.tier_name is for texts: ask for customer.tier instead'],
  [{ 'customer.tags': 'VIP' }, 'customer.tags is a list: ask what is in it with { includes: VIP }'],
  [{ 'customer.tags': { in: ['VIP'] } }, 'customer.tags is a list']
])('%j is told to be no condition', (when, expected) => {
  expect(faultsOf(branch(when)).join()).toContain(`steps.0.next.0.when.${Object.keys(when)[0]}: ${expected}`)
})

test.each([
  '{customer.visits}',
  '{customer.tier_name|—}',
  '{customer.amount_365d_yen}',
  '{customer.last_nps|まだ}',
  '{ customer.last_csat | }'
])('a text may say %s', (words) => expect(faultsOf(say(words))).toEqual([]))

test.each([
  ['{customer.last_nps}', 'is not known of everybody: say what stands there then, as in {customer.last_nps|—}'],
  ['{customer.points}', 'is unknown: write one of {customer.name}, {customer.visits}, '],
  ['{customer.stage|new}', 'is not for customers to read: write one of {customer.visits}'],
  ['{customer.tags}', 'is not for customers to read']
])('a text that says %s is told', (words, expected) => {
  expect(faultsOf(say(words))).toEqual([expect.stringContaining(expected), expect.stringContaining(expected)])
})

test('answers and what is known of the customer are tested together', () => {
  const score = { id: 'q', do: 'ask', text: both('?'), answer: { type: 'scale', min: 1, max: 5 } }
  const timeout = { after: '1d', to: 'exit' }
  const next = [{ when: { q: { lte: 2 }, 'customer.tags': { includes: 'VIP' } }, to: 'call' }, { to: 'exit' }]
  const flow = flowOf({ ...score, timeout, next }, { id: 'call', do: 'tag', add: '電話' })
  expect(faultsOf(flow)).toEqual([])
  const asked = advance(flow, NEW_RUN, { type: 'start' }).run
  const answer = (value: number, tags: string[]) =>
    advance(flow, asked, { type: 'answer', visit: 1, value, known: { 'customer.tags': tags } })
  expect(answer(2, ['VIP']).effects).toContainEqual({ do: 'tag', add: '電話', remove: undefined })
  for (const { effects } of [answer(2, ['vip']), answer(3, ['VIP'])])
    expect(effects).not.toContainEqual(expect.objectContaining({ do: 'tag' }))
  expect(answer(2, ['VIP']).run.facts).toEqual({ q: 2 })
})

test.each([
  ['{customer.visits}', 12, '12'],
  ['{customer.gap_mean_days|–}', 13.6, '14'],
  ['{customer.amount_yen}', 48_200, '¥48,200'],
  ['{customer.last_nps|not yet}', undefined, 'not yet'],
  ['{customer.last_nps|}', undefined, ''],
  ['{customer.tier_name|–}', 'ゴールド', 'ゴールド'],
  ['{customer.last_nps|a|b}', undefined, 'a|b'],
  ['{customer.last_nps|not yet}', 0, '0']
])('%s of %s reads "%s"', (written, value, expected) => {
  const [name = ''] = written.slice(1, -1).split('|')
  const facts = value === undefined ? {} : { [name]: value }
  expect(fillIn(say('a'), both(written), { locale: 'ja', customerName: '', facts })).toBe(expected)
})

test('what a flow asks about the customer is found wherever it stands', () => {
  expect([...customerFactsNamed(branch({ 'customer.visits': 3 }))]).toEqual(['customer.visits'])
  const title = { id: 'f', do: 'follow_up', priority: 'high', due: '1d', title: both('{customer.orders}') }
  expect([...customerFactsNamed(flowOf(title))]).toEqual(['customer.orders'])
  expect([...customerFactsNamed(say('{customer.last_nps|x}'))]).toEqual(['customer.last_nps'])
  expect([...customerFactsNamed(branch({}))]).toEqual([])
})

test.each([
  ['customer.visits', '3', 3],
  ['customer.visits', 'three', undefined],
  ['customer.visits', '', undefined],
  ['customer.stage', 'lost', 'lost'],
  ['customer.stage', 'gone', undefined],
  ['customer.tags', 'VIP', ['VIP']],
  ['customer.tier', 'gold', 'gold'],
  ['customer.tier_name', 'Gold', 'Gold'],
  ['customer.wealth', '3', undefined]
])('%s=%s at a terminal is %j', (name, written, expected) => expect(readFact(name, written)).toEqual(expected))

test('whatever is always known has a value from the start, so that a text never shows a dash for it', () => {
  for (const name of SHOWN_FACTS)
    expect(name in UNKNOWN_CUSTOMER || customerFact(name)?.maybe === true, name).toBe(true)
  expect(FACT_NAMES.every((name) => factsInWords().includes(name))).toBe(true)
})

test('what is known of a customer never stays in a run', () => {
  const known = fc.dictionary(fc.constantFrom(...FACT_NAMES), fc.oneof(fc.integer(), fc.constant(['VIP'])))
  fc.assert(
    fc.property(known, (facts) => {
      const moved = advance(branch({ 'customer.visits': { gte: 3 } }), NEW_RUN, { type: 'start', known: facts })
      expect(moved.run.facts).toEqual({})
    })
  )
})
