import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { changeConsent, changeFrequency } from '../consent/index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const text = (words: string) => `text: { ja: '${words}', en: '${words}' }`
const SAY = (words: string) => `{ id: s, do: say, ${text(words)} }`
const ASK = (words: string) =>
  `{ id: q, do: ask, ${text(words)}, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } }`
const WAIT = '{ id: w, do: wait, for: 9d }'

interface Written {
  readonly id: string
  readonly steps: string
  readonly head?: string
}
const publish = ({ id, steps, head = 'consent: service' }: Written) =>
  world.publish(`{ id: ${id}, kind: scenario, ${head}, trigger: { event: visit }, steps: [${steps}] }`)
const visit = async () => textsOf(await world.fact(anna, 'visit'))
const held = async () =>
  (await db().prisma.event.findMany({ where: { name: 'message.withheld' } })).map(({ properties }) => properties)
const agree = () =>
  world.perform((work) => changeConsent(work, { customerId: anna, purpose: 'marketing', allow: true, source: 'test' }))

describe('of flows that start at one moment', () => {
  test('those of a higher priority go first, and of one priority questions come last', async () => {
    await publish({ id: 'a', steps: ASK('normal?') })
    await publish({ id: 'b', steps: SAY('low'), head: 'consent: service, priority: low' })
    await publish({ id: 'c', steps: SAY('normal') })
    await publish({ id: 'd', steps: SAY('high'), head: 'consent: service, priority: high' })
    expect(await visit()).toEqual(['high', 'normal', 'normal?'])
    expect(textsOf(await world.pass('59m'))).toEqual([])
    expect(textsOf(await world.pass('1m'))).toEqual(['low'])
  })

  test('two that wait for the morning go in their order as well', async () => {
    await publish({ id: 'a', steps: SAY('normal') })
    await publish({ id: 'b', steps: SAY('high'), head: 'consent: service, priority: high' })
    world.scope.at = new Date('2026-11-21T22:00:00+09:00')
    await visit()
    expect(textsOf(await world.pass('11h'))).toEqual(['high', 'normal'])
  })

  test('the one of a higher priority is what a customer hears who wants to hear less', async () => {
    await agree()
    await world.perform((work) => changeFrequency(work, anna, 'less'))
    await publish({ id: 'a', steps: SAY('normal'), head: 'consent: marketing' })
    await publish({ id: 'b', steps: ASK('high?'), head: 'consent: marketing, priority: high' })
    expect(await visit()).toEqual(['high?'])
    await world.pass('2h')
    expect(await held()).toEqual([{ campaign: 'a', purpose: 'marketing', reason: 'too_often' }])
  })
})

describe('a customer in many scenarios', () => {
  const MARKETING = 'consent: marketing'

  test('enters no fourth one, and why is on record; one of service is let in and not counted', async () => {
    await agree()
    await publish({ id: 'service', steps: WAIT })
    for (const id of ['a', 'b', 'c', 'd']) await publish({ id, steps: WAIT, head: MARKETING })
    await visit()
    const inside = await db().prisma.flowRun.findMany({ orderBy: { flow: 'asc' } })
    expect(inside.map((run) => run.flow)).toEqual(['a', 'b', 'c', 'service'])
    expect(await held()).toEqual([{ campaign: 'd', purpose: 'marketing', reason: 'too_many' }])
    await world.pass('9d')
    await visit()
    expect(await db().prisma.flowRun.count({ where: { flow: 'a' } })).toBe(2)
  })

  test('enters as many as a scenario itself says, and the higher priority has its place first', async () => {
    await agree()
    await publish({ id: 'a', steps: WAIT, head: `${MARKETING}, max_active: 1` })
    await publish({ id: 'b', steps: WAIT, head: `${MARKETING}, max_active: 1, priority: high` })
    await visit()
    expect(await db().prisma.flowRun.findMany()).toMatchObject([{ flow: 'b' }])
  })
})

test('entering a segment starts the flows of that segment', async () => {
  await world.publish(
    `{ id: a, kind: scenario, consent: service, trigger: { segment: vip }, steps: [${SAY('welcome')}] }`
  )
  const enter = (segment: string) => world.fact(anna, 'segment.entered', { properties: { segment } })
  expect(textsOf(await enter('others'))).toEqual([])
  expect(textsOf(await enter('vip'))).toEqual(['welcome'])
  expect(textsOf(await world.fact(anna, 'segment.left', { properties: { segment: 'vip' } }))).toEqual([])
})

test('a question that was asked first still takes its answer after what waited', async () => {
  await publish({ id: 'a', steps: `${ASK('high?')}, ${SAY('thanks')}`, head: 'consent: service, priority: high' })
  await publish({ id: 'b', steps: SAY('normal') })
  const [question] = await world.fact(anna, 'visit')
  expect(textsOf(await world.pass('1h'))).toEqual(['normal'])
  expect(textsOf(await world.tap('U-anna', dataOf(question, '4')))).toEqual(['thanks'])
})
