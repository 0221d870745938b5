import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { publishedFlow } from './definition.ts'
import { enterLater } from './enter-later.ts'
import { pauseFlow, resumeFlow } from './pause-flow.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  world.scope.at = new Date('2026-11-21T11:00:00+09:00')
  anna = await world.person('U-anna')
  await world.publish(`{ id: hello, kind: scenario, consent: service, trigger: { date: birthday },
    steps: [{ id: hello, do: say, text: { ja: こんにちは, en: Hello } }] }`)
  await world.perform((work) => pauseFlow(work, { flow: 'hello', by: 'UBOSS' }))
})

async function due(cause = 'birthday:2026'): Promise<void> {
  await world.perform(async (work) => {
    const found = await publishedFlow(work.tx, 'hello')
    if (found) await enterLater(work, { flow: found.flow, customerId: anna, cause, at: work.now })
  })
}
const resume = () => world.perform((work) => resumeFlow(work, 'hello'))

test('an entry that falls due while the flow stands still waits until it goes on, and enters once', async () => {
  await due()
  expect(await world.pass('1m')).toEqual([])
  expect(await world.pass('1h')).toEqual([])
  await resume()
  expect(textsOf(await world.pass('1h'))).toEqual(['こんにちは'])
  expect(await world.pass('3h')).toEqual([])
  expect(await db().prisma.flowRun.count()).toBe(1)
})

test('a moment that has passed leads nobody in more than three days later', async () => {
  await due()
  await world.pass('1m')
  await world.pass('3d')
  await resume()
  expect(await world.pass('2h')).toEqual([])
  expect(await db().prisma.timer.count()).toBe(0)
})
