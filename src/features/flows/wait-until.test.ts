import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { checkFlow } from './definition.ts'
import { edges } from './rules/graph.ts'
import { simulate } from './rules/simulate.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

const FLOW = `
id: big_order
kind: scenario
consent: service
trigger: { event: visit }
steps:
  - id: pause
    do: wait
    for: 3d
    until: { event: order.completed, where: { amountYen: { gte: 3000 }, channel: shop }, to: thanks }
    next: sorry
  - { id: sorry, do: say, text: { ja: 残念, en: Sorry }, next: exit }
  - { id: thanks, do: say, text: { ja: ありがとう, en: Thanks } }`

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
  await world.publish(FLOW)
  await world.fact(anna, 'visit')
})

const order = (properties: Record<string, string | number>) => world.fact(anna, 'order.completed', { properties })

test('only an event whose properties fit ends the wait', async () => {
  expect(await order({ amountYen: 2999, channel: 'shop' })).toEqual([])
  expect(await order({ amountYen: 3000, channel: 'web' })).toEqual([])
  expect(await order({})).toEqual([])
  expect(textsOf(await order({ amountYen: 3000, channel: 'shop' }))).toEqual(['ありがとう'])
  expect(await db().prisma.timer.count()).toBe(0)
})

test('events that do not fit leave the wait as long as it is', async () => {
  await order({ amountYen: 100, channel: 'shop' })
  expect(textsOf(await world.pass('3d'))).toEqual(['残念'])
})

test('an event that fits while the flow stands still leads on by itself later', async () => {
  await db().prisma.flowPause.create({ data: { flow: 'big_order', pausedAt: world.scope.now(), pausedBy: 'U1' } })
  expect(await order({ amountYen: 3000, channel: 'shop' })).toEqual([])
  await db().prisma.flowPause.deleteMany()
  expect(textsOf(await world.pass('1h'))).toEqual(['ありがとう'])
})

test('diagrams and played conversations know the condition', () => {
  const checked = checkFlow(parse(FLOW))
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
  expect(edges(checked.body)[0]).toMatchObject({
    to: 'thanks',
    label: 'order.completed: amountYen ≥ 3000, channel = shop'
  })
  const play = (...inputs: string[]) =>
    simulate(checked.body, { inputs, locale: 'en', customerName: 'Anna' }).lines.map(({ text }) => text)
  expect(play('event order.completed amountYen=100 channel=shop')).toContain('nobody waits for this: goes elsewhere')
  expect(play('event order.completed amountYen=3000 channel=shop')).toContain('Thanks')
})
