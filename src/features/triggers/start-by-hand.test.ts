import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { createPerform } from '../../platform/perform.ts'
import { publish, retire } from '../definitions/index.ts'
import { segmentKind } from '../segments/index.ts'
import { enterDue } from './enter-due.ts'
import { type StartingByHand, startByHand } from './start-by-hand.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

const FLOW = `{ id: hello, kind: scenario, consent: service, trigger: { by_hand: true, once_per: 30d },
  steps: [{ id: hello, do: say, text: { ja: こんにちは, en: Hello } }] }`

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
  await world.publish(FLOW)
})

const perform = () => createPerform({ scope: world.scope, features: [], onCommit: () => undefined })
const start = (whom: StartingByHand['whom'], flow = 'hello') =>
  world.perform((work) => startByHand(work, { flow, whom, by: 'UBOSS' }))
const look = (isOver = () => false) => enterDue({ scope: world.scope, perform: perform(), isOver, atOnce: 1 })
const audit = () => db().prisma.audit.findMany({ where: { action: 'flow.start' } })

async function segmentOfTwo(): Promise<string> {
  const emma = await world.person('U-emma')
  await db().transaction((tx) =>
    publish(tx, {
      ...{ kind: segmentKind.kind, key: 'vip', at: world.scope.at },
      body: { id: 'vip', name: { ja: '常連', en: 'Regulars' }, who: { tag: 'VIP' } }
    })
  )
  for (const customerId of [anna, emma])
    await db().prisma.segmentMember.create({ data: { segment: 'vip', customerId, enteredAt: world.scope.at } })
  return emma
}

test('one customer is led in at once, and it is on record who did it', async () => {
  expect(await start({ customerId: anna })).toEqual({ ok: true, value: { entry: 'entered' } })
  expect(await start({ customerId: anna })).toEqual({ ok: true, value: { entry: 'too_soon' } })
  expect(await db().prisma.flowRun.count()).toBe(1)
  expect(await audit()).toMatchObject([
    { actorId: 'UBOSS', subjectId: 'scenario hello', customerId: anna },
    { actorId: 'UBOSS' }
  ])
})

test('at night they are told that it waits, and it does', async () => {
  world.scope.at = new Date('2026-11-21T22:00:00+09:00')
  expect(await start({ customerId: anna })).toEqual({ ok: true, value: { entry: 'held' } })
  expect(textsOf(await world.pass('11h'))).toEqual(['こんにちは'])
})

test('everybody in a segment is led in, some at a time, also when the server ends in between', async () => {
  await segmentOfTwo()
  expect(await start({ segment: '常連' })).toEqual({ ok: true, value: { people: 2 } })
  let looked = 0
  await look(() => looked++ > 0)
  expect(textsOf(await world.pass('1m'))).toEqual(['こんにちは'])
  await look()
  expect(textsOf(await world.pass('1m'))).toEqual(['こんにちは'])
  expect(await db().prisma.flowStart.count()).toBe(0)
  await look()
  expect(await db().prisma.flowRun.count()).toBe(2)
  expect(await audit()).toHaveLength(1)
})

test('a click that is told twice starts a segment once', async () => {
  await segmentOfTwo()
  const click = () =>
    perform()('slack:click', (work) => startByHand(work, { flow: 'hello', whom: { segment: 'vip' }, by: 'U1' }))
  await click()
  await click()
  expect(await db().prisma.flowStart.count()).toBe(1)
})

test('a flow that is taken back meanwhile leads nobody in any more', async () => {
  await segmentOfTwo()
  await start({ segment: 'vip' })
  await db().transaction((tx) => retire(tx, 'scenario', { key: 'hello', at: world.scope.at }))
  await look()
  expect(await db().prisma.flowStart.count()).toBe(0)
  expect(await db().prisma.timer.count()).toBe(0)
})

test('what is not there is said', async () => {
  expect(await start({ customerId: anna }, 'nothing')).toEqual({ ok: false, kind: 'unknown_flow' })
  expect(await start({ segment: 'nobody' })).toEqual({ ok: false, kind: 'unknown_segment' })
  expect(await audit()).toEqual([])
})
