import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld } from '../../../../test/support/flow-world.ts'
import { customerAttributes } from '../../customers/index.ts'
import { checkFlow } from '../index.ts'
import { flowLine } from '../line.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const text = "text: { ja: 'あ', en: 'a' }"
const ask = (id: string, answer: string) =>
  `{ id: ${id}, do: ask, optional: true, ${text}, answer: ${answer}, timeout: { after: 2d, to: exit } }`
const words = ask('q', '{ type: text }')
const gender = ask(
  'q',
  '{ type: choice, options: [{ value: female, label: { ja: 女性, en: F } }, { value: other, label: { ja: その他, en: X } }] }'
)
const flow = (...steps: string[]) =>
  `{ id: profile, kind: scenario, consent: service, trigger: { event: visit }, steps: [${steps.join(', ')}] }`
const known = async () => Object.fromEntries(await customerAttributes(db().prisma, db().cipher, anna))
const rows = () => db().prisma.customerAttribute.findMany()

test('a flow says the same of everybody who passes it, by its own name', async () => {
  await world.publish(flow('{ id: s, do: set, attribute: 会員, to: true }'))
  await world.fact(anna, 'visit')
  expect(await known()).toEqual({ 会員: 'true' })
  expect(await rows()).toMatchObject([{ toldBy: 'flow:profile', coarse: null }])
})

test('a tapped answer is kept, findable as far as such things are', async () => {
  await world.publish(flow(gender, '{ id: s, do: set, attribute: gender, from: q }'))
  const [question] = await world.fact(anna, 'visit')
  await world.tap('U-anna', dataOf(question, '女性'))
  expect(await known()).toEqual({ gender: 'female' })
  expect(await rows()).toMatchObject([{ coarse: 'female' }])
})

test('a typed birthday is understood as everywhere, sealed, and gone when its message is taken back', async () => {
  await world.publish(flow(words, '{ id: s, do: set, attribute: birthday, from: q }'))
  await world.fact(anna, 'visit')
  await world.turns.say('U-anna', '1990年5月3日')
  expect(await known()).toEqual({ birthday: '1990-05-03' })
  expect(await rows()).toMatchObject([{ coarse: '05-03', valueSealed: expect.not.stringContaining('1990') }])
  await world.perform(async (work) => {
    const customer = { id: anna, name: undefined, locale: 'ja' } as const
    const event = { type: 'unsend', webhookEventId: 'E-unsend', timestamp: 0, mode: 'active' }
    await flowLine.unsend?.({ work, customer, event, ageMs: 0, help: async () => [], say: () => {} }, 'line:E2')
  })
  expect(await rows()).toEqual([])
})

test('what makes no sense, and what was not answered, changes nothing', async () => {
  await world.publish(flow(words, '{ id: s, do: set, attribute: birthday, from: q }'))
  await world.fact(anna, 'visit')
  await world.turns.say('U-anna', 'ひみつです')
  await world.fact(anna, 'visit')
  await world.turns.say('U-anna', 'スキップ')
  expect(await known()).toEqual({})
  const said = world.scope.lines.filter(({ level }) => level === 'warn')
  expect(JSON.stringify(said)).toContain('An answer does not fit')
  expect(JSON.stringify(said)).not.toContain('ひみつ')
})

test.each<[string, string, string]>([
  ['neither value nor question', '{ id: s, do: set, attribute: a }', 'steps.1: say what it is set to'],
  ['both of them', '{ id: s, do: set, attribute: a, to: 1, from: q }', 'steps.1: say what it is set to'],
  [
    'a name that would be a telephone',
    '{ id: s, do: set, attribute: "0901234567", to: 1 }',
    'steps.1.attribute: "0901234567" must'
  ],
  ['an unknown question', '{ id: s, do: set, attribute: a, from: x }', 'steps.1.from: there is no question "x"'],
  [
    'a prefecture there is not',
    '{ id: s, do: set, attribute: prefecture, to: 火星 }',
    'steps.1.to: "火星": prefecture must be'
  ],
  [
    'an answer that is no birthday',
    '{ id: s, do: set, attribute: birthday, from: q }',
    'the answer "female" of "q": birthday must be'
  ]
])('%s is a fault when it is checked', (_, step, expected) => {
  const checked = checkFlow(parse(flow(gender, step)))
  const faults = checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
  expect(faults.join('\n')).toContain(expected)
})
