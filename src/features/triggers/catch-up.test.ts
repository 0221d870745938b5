import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { textsOf } from '../../../test/support/flow-world.ts'
import { greeting, type TriggerWorld, triggerWorld } from '../../../test/support/trigger-world.ts'
import { retire } from '../definitions/index.ts'

const db = useDatabase()
let world: TriggerWorld
let anna: string

beforeEach(async () => {
  world = triggerWorld(db())
  anna = await world.person('U-anna')
})

const timers = () => db().prisma.timer.count()
const ABSENT = greeting('no: visit, for: 30d')

const three = async () => {
  const others = [await world.person('U-ben'), await world.person('U-cleo')]
  for (const id of [anna, ...others]) await world.visited(id)
}

test('a clock that is set back a day, and forward again, leads nobody in twice and loses nobody', async () => {
  await world.publish(ABSENT)
  await world.visited(anna)
  const emma = await world.person('U-emma')
  await world.pass('6h')
  await world.visited(emma)
  expect(await world.live('714h')).toEqual(['おかえり'])
  const before = world.scope.at
  world.scope.at = new Date(before.getTime() - 86_400_000)
  await world.look()
  world.scope.at = before
  expect(await world.live('6h')).toEqual(['おかえり'])
  expect(await world.live('1d')).toEqual([])
  expect(await db().prisma.flowRun.count()).toBe(2)
})

test('a jump of a day, and a server that was down, lose nobody', async () => {
  await world.publish(ABSENT)
  await world.look()
  await world.visited(anna)
  expect(await world.live('45d')).toEqual(['おかえり'])
})

test('many are led in some at a time, and what is cut off goes on where it was', async () => {
  await world.publish(ABSENT)
  await three()
  await world.pass('30d')
  let looked = 0
  await world.look({ atOnce: 1, isOver: () => looked++ >= 2 })
  expect(await timers()).toBe(2)
  expect(await db().prisma.flowWatermark.findFirst()).toMatchObject({
    doneUntil: new Date('2026-11-21T02:00:00Z'),
    until: world.scope.at
  })
  world.scope.at = new Date(world.scope.at.getTime() + 60_000)
  await world.look({ atOnce: 1 })
  expect(await timers()).toBe(3)
  expect(textsOf(await world.pass('1m'))).toHaveLength(3)
})

test('two workers at once lead everybody in once', async () => {
  await world.publish(ABSENT)
  await three()
  await world.pass('30d')
  await Promise.all([world.look({ atOnce: 1 }), world.look({ atOnce: 2 })])
  await world.look()
  expect(textsOf(await world.pass('1m'))).toHaveLength(3)
  expect(await db().prisma.flowRun.count()).toBe(3)
})

test('a new version of the words goes on where the old one was; one that starts otherwise begins with its publication', async () => {
  await world.publish(ABSENT)
  await world.visited(anna)
  await world.look()
  await world.pass('30d')
  await world.publish(ABSENT.replace('おかえり', 'お久しぶり'))
  expect(await world.live('0m')).toEqual(['お久しぶり'])
  await world.visited(anna)
  await world.pass('20d')
  await world.publish(greeting('no: visit, for: 10d'))
  expect(await world.live('1d')).toEqual([])
})

test('a flow that was taken back begins anew when it returns', async () => {
  await world.publish(ABSENT)
  await world.visited(anna)
  await world.look()
  await db().transaction((tx) => retire(tx, 'scenario', { key: 'back', at: world.scope.at }))
  await world.look()
  expect(await db().prisma.flowWatermark.count()).toBe(0)
  await world.pass('31d')
  await world.publish(ABSENT)
  expect(await world.live('1d')).toEqual([])
})

test('one flow that fails holds up no other, and is tried again', async () => {
  await world.publish(ABSENT)
  await world.publish(ABSENT.replace('id: back', 'id: also'))
  await world.visited(anna)
  await world.pass('30d')

  let calls = 0
  await world.look({
    perform: (cause, work) => {
      calls += 1
      return calls === 1 ? Promise.reject(new Error('no')) : world.perform(cause, work)
    }
  })
  expect(await timers()).toBe(1)
  expect(world.scope.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  await world.look()
  expect(await timers()).toBe(2)
})
