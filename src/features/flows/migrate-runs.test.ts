import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { migrateRuns, planMigration } from './index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string
let emma: string

const FIRST = `
id: care
kind: scenario
consent: service
trigger: { event: visit }
steps:
  - { id: pause, do: wait, for: 3d }
  - { id: q, do: ask, text: { ja: どうでしたか, en: How was it }, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 3d, to: exit } }
  - { id: old, do: say, text: { ja: 前の結び, en: Old end } }`
const SECOND = `
id: care
kind: scenario
consent: service
trigger: { event: visit }
steps:
  - { id: rest, do: wait, for: 9d }
  - { id: score, do: ask, text: { ja: 何点ですか, en: How many points }, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 3d, to: exit } }
  - { id: why, do: ask, text: { ja: なぜですか, en: Why }, answer: { type: text }, timeout: { after: 3d, to: exit } }
  - { id: new, do: say, text: { ja: 新しい結び, en: New end } }`

beforeEach(async () => {
  world = flowWorld(db())
  world.scope.at = new Date('2026-11-21T12:00:00+09:00')
  await world.publish(FIRST)
  anna = await world.person('U-anna')
  emma = await world.person('U-emma')
  await world.fact(anna, 'visit')
})

const plan = (steps: Record<string, string>) => planMigration(db().prisma, 'care', new Map(Object.entries(steps)))
async function migrate(steps: Record<string, string>): Promise<number> {
  const planned = await plan(steps)
  if (!planned.ok) throw new Error(JSON.stringify(planned))
  return migrateRuns(db(), planned.value)
}
/** Where they wait, by name: two runs may have begun at the same instant. */
const steps = async () => (await db().prisma.flowRun.findMany({ orderBy: { step: 'asc' } })).map(({ step }) => step)

describe('those who wait in an older version', () => {
  test('end in it, when a new one is published', async () => {
    await world.publish(SECOND)
    expect(textsOf(await world.pass('3d'))).toEqual(['どうでしたか'])
    await world.turns.say('U-anna', '4')
    expect(await db().prisma.flowRun.findMany()).toMatchObject([{ endedAt: expect.any(Date) }])
    expect(await plan({})).toMatchObject({ ok: true, value: { moves: [] } })
  })

  test('go on in the new one where they are told to, when what they waited for is over', async () => {
    await world.publish(SECOND)
    expect(await migrate({ pause: 'rest' })).toBe(1)
    expect(textsOf(await world.pass('3d'))).toEqual(['何点ですか'])
    expect(await migrate({ pause: 'rest' })).toBe(0)
  })

  test('are asked nothing twice: the question in the chat is answered in the new version', async () => {
    await world.pass('3d')
    await world.publish(SECOND)
    expect(await migrate({ q: 'score' })).toBe(1)
    await world.turns.say('U-anna', '4')
    expect(await steps()).toEqual(['why'])
  })

  test('stay where a step is not named, and so does whoever is in the new version already', async () => {
    await world.publish(SECOND)
    await world.fact(emma, 'visit')
    expect(await plan({ q: 'score' })).toMatchObject({
      value: { version: 2, moves: [{ version: 1, step: 'pause', people: 1, to: undefined }] }
    })
    expect(await migrate({ q: 'score', rest: 'rest' })).toBe(0)
    expect(await steps()).toEqual(['pause', 'rest'])
  })

  test('are many: all move, in portions, and each of them once', async () => {
    const { definitionId, factsSealed } = await db().prisma.flowRun.findFirstOrThrow()
    const customers = await db().prisma.customer.createManyAndReturn({
      data: Array.from({ length: 250 }, () => ({ createdAt: world.scope.at }))
    })
    await db().prisma.flowRun.createMany({
      data: customers.map(({ id }) => ({
        ...{ customerId: id, flow: 'care', definitionId, openKey: `${id}:care`, step: 'pause', visit: 1 },
        ...{ factsSealed, cause: 'test', startedAt: world.scope.at }
      }))
    })
    await world.publish(SECOND)
    expect(await migrate({ pause: 'rest' })).toBe(251)
    expect(new Set(await steps())).toEqual(new Set(['rest']))
  })

  test.each([
    [{ pause: 'nowhere' }, 'there is no step "nowhere": write one of rest, score, why'],
    [{ pause: 'new' }, 'nobody waits at "new"'],
    [{ pause: 'score' }, '"pause" is a step to wait, "score" one to ask']
  ])('cannot be moved by %j, and nobody is', async (steps, message) => {
    await world.publish(SECOND)
    expect(await plan(steps)).toMatchObject({
      kind: 'bad_moves',
      faults: [{ message: expect.stringContaining(message) }]
    })
  })

  test('cannot answer a scale with a text', async () => {
    await world.pass('3d')
    await world.publish(SECOND)
    expect(await plan({ q: 'why' })).toMatchObject({ faults: [{ message: expect.stringContaining('different ways') }] })
  })

  test('are none of a flow that is not in force', async () => {
    expect(await planMigration(db().prisma, 'nothing', new Map())).toEqual({ ok: false, kind: 'unknown_flow' })
  })
})
