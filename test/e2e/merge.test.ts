import { beforeEach, describe, expect, test, vi } from 'vitest'
import { resolveCustomers, type ToldIdentity } from '../../src/features/customers/index.ts'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { everyRow } from '../support/every-row.ts'
import { useMatane } from '../support/matane.ts'
import { customerOf, inWork, liveOnLine, tillCustomer } from '../support/two-lives.ts'

const db = useDatabase()
const world = useMatane(db)
const POS: ToldIdentity = { kind: 'pos', value: 'M-1234567' }
const EC: ToldIdentity = { kind: 'ec', value: 'shop-99' }
let actors: Actors
/** Whole lives are lived: on a busy machine that takes its time. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

beforeEach(() => {
  actors = actorsOf(world())
})

/** What a member of staff was shown last, seen by them alone. */
function shown(who: Actors['aya']) {
  const last = world().sandbox.fakes.slack.ephemerals(who.id).at(-1)
  if (!last) throw new Error('They were shown nothing')
  return { ...last, said: JSON.stringify([last.text, last.blocks]) }
}

/** Presses a button in what they were shown last, wherever that is. */
async function press(who: Actors['aya'], actionId: string, on = shown(who)) {
  await world().sandbox.fakes.slack.click(who.id, { channel: on.channel, ts: on.ts, actionId })
  await world().settle()
}

/** The till and the web shop know somebody each; then one event names both. */
async function suggested(): Promise<string[]> {
  const known = [await tillCustomer(world(), [POS], 2), await tillCustomer(world(), [EC], 1)]
  await inWork(world(), (work) => resolveCustomers(work, [{ told: [POS, EC], at: work.now }]))
  return known
}

describe('customers who may be one person', () => {
  test('staff compare two masked records, make them one, and a manager undoes it', async () => {
    const { aya, manager } = actors
    await suggested()
    const before = await everyRow(db())
    await aya.command('/matane', 'duplicates')
    expect(shown(aya).said).toContain('同じ方かもしれないお客様(1組)')
    expect(shown(aya).said).toContain('pos ＊＊＊567')
    expect(shown(aya).said).not.toContain(POS.value)
    await press(aya, 'duplicate.same')
    expect(shown(aya).text).toContain('まとめました')
    expect(await db().prisma.customer.count()).toBe(1)
    expect(aya.cardText()).toContain(`<@${aya.id}>`)

    await aya.click('merge.undo')
    expect(shown(aya).text).toContain('マネージャー')
    expect(await db().prisma.customer.count()).toBe(1)
    await manager.click('merge.undo')
    expect(shown(manager).text).toContain('元に戻しました')
    expect(manager.cardText()).toContain('統合を元に戻しました')
    expect(manager.cardText()).not.toContain('merge.undo')
    const after = await everyRow(db())
    for (const table of ['customer', 'identity', 'event', 'customer_stats', 'customer_day', 'likely_duplicate'])
      expect(after[table], table).toEqual(before[table])
    const log = await db().prisma.audit.findMany({ orderBy: { seq: 'asc' }, select: { action: true, actorId: true } })
    const own = log.filter(({ action }) => action.startsWith('customer.'))
    expect(own.map(({ action }) => action)).toEqual([
      ...['customer.view', 'customer.view', 'customer.merge', 'customer.unmerge']
    ])
  })

  test('of two who decide at once one counts, and the other is told who', async () => {
    const { aya, kenta } = actors
    await suggested()
    for (const who of [aya, kenta]) await who.command('/matane', 'duplicates')
    await Promise.all([press(aya, 'duplicate.same'), press(kenta, 'duplicate.apart')])
    const words = [shown(aya).text, shown(kenta).text]
    const merged = (await db().prisma.customer.count()) === 1
    expect(words[merged ? 0 : 1]).toContain(merged ? 'まとめました' : '別の人として')
    expect(words[merged ? 1 : 0]).toContain(merged ? `<@${aya.id}>` : `<@${kenta.id}>`)
  })

  test('two people stay two, and are not suggested again', async () => {
    const { aya } = actors
    await suggested()
    await aya.command('/matane', 'duplicates')
    await press(aya, 'duplicate.apart')
    await inWork(world(), (work) => resolveCustomers(work, [{ told: [POS, EC], at: work.now }]))
    await aya.command('/matane', 'duplicates')
    expect(shown(aya).text).toContain('いません')
    expect(await db().prisma.customer.count()).toBe(2)
  })

  test('a customer of LINE named by a follow-up and one of the till by a number become one whom both lead to', async () => {
    const { hanako, aya } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    const till = await tillCustomer(world(), [POS, { kind: 'phone', value: '+819012345678' }])
    await aya.command('/matane', 'merge #1 pos:nobody')
    expect(shown(aya).text).toContain('見つかりません')
    await aya.command('/matane', 'merge #1 090-1234-5678')
    expect(shown(aya).said).toContain('佐＊＊')
    expect(shown(aya).said).not.toContain('花子')
    await press(aya, 'duplicate.same')
    const line = await customerOf(db(), hanako.userId)
    expect(line).not.toBe(till)
    expect(await inWork(world(), (work) => resolveCustomers(work, [{ told: [POS], at: work.now }]))).toEqual([line])
    await hanako.say('スタンプ')
    expect(hanako.lastVia()).toBe('reply')
    await aya.command('/matane', 'merge #1 pos:M-1234567')
    expect(shown(aya).text).toContain('すでに1人')
    await aya.command('/matane', 'merge')
    expect(shown(aya).said).toContain('merge.undo')
  })
})

describe('by the clock', () => {
  /** What the clock starts; a minute on, so that what was just found came before. */
  async function runJob(name: string, times = 1): Promise<void> {
    const at = new Date(world().sandbox.clock.now().getTime() + 60_000)
    const job = world()
      .matane.features.flatMap(({ jobs = [] }) => jobs)
      .find((each) => each.name === name)
    for (let time = 0; time < times; time += 1) await job?.run(world().matane.context, at)
  }

  test('what somebody did before they said who they are becomes theirs', async () => {
    const browser: ToldIdentity = { kind: 'anonymous', value: 'browser-1' }
    const unknown = await tillCustomer(world(), [browser], 1)
    const known = await tillCustomer(world(), [EC], 2)
    await inWork(world(), (work) => resolveCustomers(work, [{ told: [EC, browser], at: work.now }]))
    await runJob('merge.browsers')
    expect(await db().prisma.customer.findUnique({ where: { id: unknown } })).toBeNull()
    expect(await db().prisma.customerStats.findMany()).toMatchObject([{ customerId: known, orders: 3 }])
  })

  test('the channel hears once a day of new pairs, without a word about who they are', async () => {
    const { aya } = actors
    await suggested()
    await runJob('merge.digest', 2)
    await world().settle()
    expect(aya.cards()).toHaveLength(1)
    const said = JSON.stringify(aya.cards())
    expect(said).toContain('新しく 1 組')
    // Neither the number nor what is shown of it.
    expect(said).not.toMatch(/M-1234567|＊/)
  })
})
