import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { armOf, HOLDOUT } from './rules/experiment.ts'

const db = useDatabase()
let world: FlowWorld

beforeEach(() => {
  world = flowWorld(db())
})

const WIN_BACK = `
id: win_back
kind: scenario
consent: service
trigger: { event: cart.abandoned, once_per: 30d }
holdout: 0.5
goal: { event: visit, within: 30d }
steps:
  - { id: hello, do: say, text: { ja: お久しぶりです, en: Hello again } }`

const COMPARED = `
id: words
kind: scenario
consent: service
trigger: { event: visit }
variants: { short: 1, long: 1 }
goal: { event: order.completed, where: { total_yen: { gte: 1000 } }, within: 7d }
steps:
  - { id: which, do: branch, next: [{ when: { variant: short }, to: brief }, { to: wordy }] }
  - { id: brief, do: say, text: { ja: どうも, en: Hi }, next: exit }
  - { id: wordy, do: say, text: { ja: ありがとうございました, en: Thank you very much } }`

/** Somebody whose arm in a flow is this one. */
async function personIn(arm: string, flow: Parameters<typeof armOf>[0]): Promise<string> {
  for (let at = 0; at < 40; at += 1) {
    const id = await world.person(`U-${arm}-${at}`)
    if (armOf(flow, id) === arm) return id
  }
  throw new Error(`Nobody is ${arm}`)
}
const runs = (customerId: string) => db().prisma.flowRun.findMany({ where: { customerId } })
const half = { id: 'win_back', holdout: 0.5 }

test('who is held out gets nothing, is recorded as having entered, and enters no sooner than others', async () => {
  await world.publish(WIN_BACK)
  const [control, treated] = [await personIn(HOLDOUT, half), await personIn('', half)]
  expect(await world.fact(control, 'cart.abandoned')).toEqual([])
  expect(textsOf(await world.fact(treated, 'cart.abandoned'))).toEqual(['お久しぶりです'])
  await world.fact(control, 'cart.abandoned')
  expect(await runs(control)).toMatchObject([{ arm: HOLDOUT, openKey: null, endedAt: world.scope.now() }])
  expect(await runs(treated)).toMatchObject([{ arm: '' }])
})

test('who would not have been written to is no control either', async () => {
  await world.publish(WIN_BACK.replace('consent: service', 'consent: marketing'))
  const control = await personIn(HOLDOUT, half)
  const { prisma } = db()
  const answer = { purpose: 'marketing', status: 'refused', version: 0, source: 'test', cause: 'c' }
  await prisma.consentChange.create({ data: { customerId: control, ...answer, at: world.scope.now() } })
  await world.fact(control, 'cart.abandoned')
  expect(await runs(control)).toEqual([])
})

test('a control counts as told nothing', async () => {
  await world.publish(WIN_BACK.replace('consent: service', 'consent: marketing'))
  const control = await personIn(HOLDOUT, half)
  const answer = { purpose: 'marketing', status: 'granted', version: 0, source: 'test', cause: 'c' }
  const at = world.scope.now()
  await db().prisma.consentChange.create({ data: { customerId: control, ...answer, at } })
  await world.fact(control, 'cart.abandoned')
  expect(await runs(control)).toMatchObject([{ arm: HOLDOUT }])
  expect(await db().prisma.told.count()).toBe(0)
})

test('a goal reached in time is noted for both, once, by when it happened', async () => {
  await world.publish(WIN_BACK)
  const people = [await personIn(HOLDOUT, half), await personIn('', half)]
  const before = world.scope.now()
  for (const id of people) {
    await world.fact(id, 'visit', { at: new Date(before.getTime() - 60_000) })
    await world.fact(id, 'cart.abandoned')
    expect(await runs(id)).toMatchObject([{ goalAt: null }])
  }
  await world.pass('29d')
  const happened = world.scope.now()
  await world.pass('5d')
  for (const id of people) {
    // Told five days late, past the end of the time, and again.
    await world.fact(id, 'visit', { at: happened })
    await world.fact(id, 'visit')
    expect(await runs(id)).toMatchObject([{ goalAt: happened }])
  }
})

test('a goal reached too late is none', async () => {
  await world.publish(WIN_BACK)
  const treated = await personIn('', half)
  await world.fact(treated, 'cart.abandoned')
  await world.pass('31d')
  await world.fact(treated, 'visit')
  expect(await runs(treated)).toMatchObject([{ goalAt: null }])
})

test('each variant gets its own words; the goal asks for what is written', async () => {
  await world.publish(COMPARED)
  const flow = { id: 'words', variants: { short: 1, long: 1 } }
  const [brief, wordy] = [await personIn('short', flow), await personIn('long', flow)]
  expect(textsOf(await world.fact(brief, 'visit'))).toEqual(['どうも'])
  expect(textsOf(await world.fact(wordy, 'visit'))).toEqual(['ありがとうございました'])
  await world.fact(brief, 'order.completed', { properties: { total_yen: 900 } })
  await world.fact(wordy, 'order.completed', { properties: { total_yen: 1000 } })
  expect(await runs(brief)).toMatchObject([{ arm: 'short', goalAt: null }])
  expect(await runs(wordy)).toMatchObject([{ arm: 'long', goalAt: world.scope.now() }])
})
