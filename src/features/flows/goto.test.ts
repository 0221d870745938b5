import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { changeConsent } from '../consent/index.ts'
import { retire } from '../definitions/index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const flow = (id: string, steps: string, { event = 'follow_up.resolved', consent = 'service', more = '' } = {}) =>
  `{ id: ${id}, kind: scenario, consent: ${consent}, trigger: { event: ${event} ${more}}, steps: [${steps}] }`
const text = (words: string) => `text: { ja: '${words}', en: '${words}' }`
const say = (id: string) => `{ id: ${id}, do: say, ${text(id)} }`
const to = (id: string) => `{ id: to_${id}, do: goto, flow: ${id} }`
const ask = (id: string) =>
  `{ id: ${id}, do: ask, ${text(`${id}?`)}, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } }`
const visit = () => world.fact(anna, 'visit')
const runs = async () =>
  (await db().prisma.flowRun.findMany({ orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] })).map(
    ({ flow: name, step, endedAt }) => `${name} ${endedAt ? 'ended' : step}`
  )

test('a flow ends and the customer goes on in the other one, in one message and one unit of work', async () => {
  await world.publish(flow('a', `${say('hello')}, ${to('b')}`, { event: 'visit' }))
  await world.publish(flow('b', `${say('welcome')}, ${ask('q')}`))
  expect(textsOf(await visit())).toEqual(['hello', 'welcome', 'q?'])
  expect(await runs()).toEqual(['a ended', 'b q'])
})

test('what an answer leads to follows it even at night; what time leads to waits for the morning', async () => {
  await world.publish(flow('a', `${ask('q')}, ${to('b')}`, { event: 'visit' }))
  await world.publish(flow('c', `{ id: w, do: wait, for: 12h }, ${to('d')}`, { event: 'visit' }))
  await world.publish(flow('b', say('more')))
  await world.publish(flow('d', say('later')))
  const [question] = await visit()
  expect(await world.pass('12h')).toEqual([])
  expect(textsOf(await world.tap('U-anna', dataOf(question, '4')))).toEqual(['more'])
  expect(textsOf(await world.pass('11h'))).toEqual(['later'])
})

test('the other flow keeps its own conditions: consent, and how often it may be entered', async () => {
  await world.publish(flow('a', to('ad'), { event: 'visit' }))
  await world.publish(flow('b', to('seldom'), { event: 'visit' }))
  await world.publish(flow('ad', say('buy'), { consent: 'marketing' }))
  await world.publish(flow('seldom', say('rare'), { more: ', once_per: 30d ' }))
  await world.perform((work) =>
    changeConsent(work, { customerId: anna, purpose: 'marketing', allow: false, source: 'test' })
  )
  expect(textsOf(await visit())).toEqual(['rare'])
  expect(await visit()).toEqual([])
})

test('flows that lead to each other in a ring are entered once each, and end', async () => {
  await world.publish(flow('a', `${say('one')}, ${to('b')}`, { event: 'visit' }))
  await world.publish(flow('b', `${say('two')}, ${to('c')}`))
  await world.publish(flow('c', `${say('three')}, ${to('a')}`))
  expect(textsOf(await visit())).toEqual(['one', 'two', 'three'])
  expect(await runs()).toEqual(['a ended', 'b ended', 'c ended'])
})

test('a flow that is not there any more ends the way with a note to staff, said once', async () => {
  await world.publish(flow('a', `${say('hello')}, ${to('b')}`, { event: 'visit' }))
  await world.publish(flow('b', say('welcome')))
  await db().transaction((tx) => retire(tx, 'scenario', { key: 'b', at: world.scope.now() }))
  expect(textsOf(await visit())).toEqual(['hello'])
  expect(textsOf(await visit())).toEqual(['hello'])
  expect(await runs()).toEqual(['a ended', 'a ended'])
  const [notice, ...others] = await db().prisma.outbox.findMany({ where: { channel: 'slack', key: 'notice' } })
  expect(others).toEqual([])
  expect(db().cipher.open('outbox.payload', notice?.payloadSealed ?? '')).toContain('フロー「b」が公開されていない')
})
