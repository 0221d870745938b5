import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FlowWorld, flowWorld } from '../../../../test/support/flow-world.ts'
import { newId } from '../../../core/ids.ts'
import { findEntries, findOpenRuns, findRun, findRuns, insertRun, type KeptRun, saveFacts, saveRun } from './runs.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const runOf = (more: Partial<KeptRun> = {}): KeptRun => ({
  id: newId(),
  customerId: anna,
  flow: 'nps',
  definitionId: newId(),
  startedAt: world.scope.now(),
  arm: '',
  goalBy: undefined,
  askedAt: undefined,
  run: { step: 'score', visit: 1, facts: { why: '山田さん', score: 3, sure: true }, ended: false },
  causes: { why: 'line:E1' },
  ticked: ['room'],
  ...more
})
const insert = (kept: KeptRun) => world.perform((work) => insertRun(work, kept, work.cause))
const find = (id: string) => findRun(db().prisma, db().cipher, id)
const open = async () => (await findOpenRuns(db().prisma, db().cipher, anna)).map(({ flow }) => flow)

test('a run is found as it was written, and what was answered stands sealed in the store', async () => {
  const kept = runOf({ askedAt: world.scope.now() })
  await insert(kept)
  expect(await find(kept.id)).toEqual(kept)
  expect(JSON.stringify(await db().prisma.flowRun.findMany())).not.toContain('山田')
  expect(await find(newId())).toBeUndefined()
})

test('one customer is in one flow once at a time, whoever writes; once it has ended, again', async () => {
  const first = runOf()
  await insert(first)
  await expect(insert(runOf())).rejects.toThrow()
  await insert(runOf({ flow: 'other' }))
  await world.perform((work) => saveRun(work, { ...first, run: { ...first.run, ended: true } }, world.scope.now()))
  await insert(runOf())
  expect((await open()).toSorted()).toEqual(['nps', 'other'])
})

test('the run that asked last comes first: what is typed is its answer', async () => {
  const minute = (minutes: number) => new Date(world.scope.now().getTime() + minutes * 60_000)
  await insert(runOf({ flow: 'silent' }))
  await insert(runOf({ flow: 'older', askedAt: minute(1) }))
  await insert(runOf({ flow: 'newer', askedAt: minute(2) }))
  expect(await open()).toEqual(['newer', 'older', 'silent'])
})

test('what a run knows changes without moving it, even when it is over', async () => {
  const over = runOf({ run: { step: 'exit', visit: 2, facts: { score: 3 }, ended: true } })
  await insert(over)
  await world.perform((work) => saveRun(work, over, world.scope.now()))
  const { endedAt } = await db().prisma.flowRun.findFirstOrThrow()
  await world.perform((work) =>
    saveFacts(work, { ...over, run: { ...over.run, step: 'score', facts: {} }, causes: {} })
  )
  expect(await find(over.id)).toEqual({ ...over, run: { ...over.run, facts: {} }, causes: {} })
  expect((await db().prisma.flowRun.findFirstOrThrow()).endedAt).toEqual(endedAt)
})

test('all runs are those of one customer, open or over', async () => {
  const eve = await world.person('U-eve')
  await insert(runOf())
  await insert(runOf({ flow: 'b', run: { step: 'exit', visit: 1, facts: {}, ended: true } }))
  await insert(runOf({ customerId: eve }))
  const runs = await findRuns(db().prisma, db().cipher, anna)
  expect(runs.map(({ flow, run }) => [flow, run.ended]).toSorted()).toEqual([
    ['b', true],
    ['nps', false]
  ])
})

test('an entry is known by its cause, and the last one by its time', async () => {
  const early = new Date('2026-01-01T00:00:00Z')
  const over = (startedAt: Date) => runOf({ startedAt, run: { step: 'exit', visit: 1, facts: {}, ended: true } })
  await insert(over(world.scope.now()))
  await insert(over(early))
  const { cause } = await db().prisma.flowRun.findFirstOrThrow({ where: { startedAt: early } })
  const entries = (flow: string, of: string) => findEntries(db().prisma, { customerId: anna, flow, cause: of })
  expect(await entries('nps', cause)).toEqual({ known: true, lastStartedAt: world.scope.now() })
  expect(await entries('nps', 'another')).toMatchObject({ known: false })
  expect(await entries('other', cause)).toEqual({ known: false, lastStartedAt: undefined })
})
