import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { retire } from '../definitions/index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

const flow = (more: string) => `
id: night
kind: scenario
consent: service
trigger: { event: visit, once_per: 30d }
steps:
${more}`
const HELLO = flow('  - { id: hello, do: say, text: { ja: またどうぞ, en: See you } }')
const TOMORROW = flow(`
  - { id: pause, do: wait, for: 12h }
  - { id: hello, do: say, text: { ja: またどうぞ, en: See you } }`)

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})
const runs = () => db().prisma.flowRun.count()

test('who visits at night is written to in the morning, once', async () => {
  await world.publish(HELLO)
  world.scope.at = new Date('2026-11-21T22:00:00+09:00')
  expect(await world.fact(anna, 'visit')).toEqual([])
  expect(await world.fact(anna, 'visit')).toEqual([])
  expect(await runs()).toBe(0)
  expect(await world.pass('10h')).toEqual([])
  expect(textsOf(await world.pass('1h'))).toEqual(['またどうぞ'])
  expect(await runs()).toBe(1)
})

test('a pause that ends at night leads on in the morning', async () => {
  await world.publish(TOMORROW)
  world.scope.at = new Date('2026-11-21T12:00:00+09:00')
  await world.fact(anna, 'visit')
  expect(await world.pass('13h')).toEqual([])
  expect(await world.pass('7h')).toEqual([])
  expect(textsOf(await world.pass('1h'))).toEqual(['またどうぞ'])
})

test('what answers a customer who writes at night comes at once', async () => {
  await world.publish(HELLO.replace('event: visit', 'event: line.followed'))
  world.scope.at = new Date('2026-11-21T23:30:00+09:00')
  await world.person('U-emma', 'en')
  expect(await runs()).toBe(1)
})

test('the hours are those that managers chose; none, and nobody waits', async () => {
  await world.publish(HELLO)
  world.scope.at = new Date('2026-11-21T21:30:00+09:00')
  const choose = (value: string, version: number) =>
    db().prisma.settingChange.create({
      data: {
        name: 'quiet',
        version,
        value,
        changedBy: 'UBOSS',
        changedAt: world.scope.now(),
        cause: `test:${version}`
      }
    })
  await choose('20-10', 1)
  expect(await world.fact(anna, 'visit')).toEqual([])
  await choose('22-8', 2)
  expect(textsOf(await world.fact(anna, 'visit'))).toEqual(['またどうぞ'])
  const emma = await world.person('U-emma')
  world.scope.at = new Date('2026-11-21T23:30:00+09:00')
  await choose('none', 3)
  expect(textsOf(await world.fact(emma, 'visit'))).toEqual(['またどうぞ'])
})

test('a scenario that was taken back over night leads nobody in', async () => {
  await world.publish(HELLO)
  world.scope.at = new Date('2026-11-21T22:00:00+09:00')
  await world.fact(anna, 'visit')
  await db().transaction((tx) => retire(tx, 'scenario', { key: 'night', at: world.scope.now() }))
  expect(await world.pass('12h')).toEqual([])
})
