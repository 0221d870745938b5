import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { daysOn, pointsWorld } from '../../../../test/support/points-world.ts'
import { member, type Seen, staffDesk } from '../../../../test/support/staff-desk.ts'
import { readCount } from './form.ts'
import { slack } from './handlers.ts'
import { ADJUST, FIELD } from './ids.ts'

const db = useDatabase()
const AYA = member('UAYA')
const KENTA = member('UKENTA', { locale: 'en' })
const BOSS = member('UBOSS', { role: 'manager' })

async function setUp() {
  const world = await pointsWorld(db())
  const desk = staffDesk(world.scope, world.features)
  const id = await world.customer()
  const open = async (staff = AYA) => (await desk.click(staff, ADJUST, { value: id })).modals[0]
  const send = async (
    view: Awaited<ReturnType<typeof open>>,
    count: string,
    more: { staff?: typeof AYA; take?: boolean } = {}
  ) => {
    if (!view) throw new Error('No form was opened')
    const direction = more.take ? 'take' : 'give'
    const values = { [FIELD.direction]: direction, [FIELD.count]: count, [FIELD.reason]: 'お待たせしたお詫び' }
    return desk.submit(more.staff ?? AYA, view, values)
  }
  const has = async () => (await world.standing(id)).points
  return { ...world, desk, id, open, send, has }
}
const fault = ({ errors }: Seen) => Object.values(errors ?? {}).join()

describe('staff give and take points', () => {
  test('with a reason, sealed in the ledger, and on record', async () => {
    const { open, send, ledger, id, has } = await setUp()
    const form = await open()
    expect(JSON.stringify(form)).toContain('💰 ポイント 0ポイント')
    expect(JSON.stringify(form)).toContain('今日はあと 500 ポイントまで')
    const given = await send(form, '５０')
    expect(given.whispers[0]?.text).toBe('50ポイントを付けました。残高は50ポイントです。')
    const taken = await send(await open(KENTA), '20', { staff: KENTA, take: true })
    expect(taken.whispers[0]?.text).toBe('You took 20 points. The balance is 30 points.')
    expect(await ledger(id)).toEqual(['staff +50', 'staff -20'])
    expect(await has()).toBe(30)
    const [entry] = await db().prisma.pointsEntry.findMany({ orderBy: { id: 'asc' } })
    expect(entry?.by).toBe('UAYA')
    expect(entry?.reasonSealed).not.toContain('お詫び')
    expect(db().cipher.open('points_entry.reason', entry?.reasonSealed ?? '')).toBe('お待たせしたお詫び')
    const records = await db().prisma.audit.findMany({ where: { action: 'points.adjust' }, orderBy: { seq: 'asc' } })
    expect(records.map(({ actorId, customerId }) => [actorId, customerId])).toEqual([
      ['UAYA', id],
      ['UKENTA', id]
    ])
  })

  test('once when two open the form at once: the slower one is told and sees why', async () => {
    const { open, send, has } = await setUp()
    const [first, second] = [await open(AYA), await open(KENTA)]
    await send(first, '50')
    expect(fault(await send(second, '50', { staff: KENTA }))).toContain('A colleague changed this customer’s points')
    expect(await has()).toBe(50)
    await send(await open(KENTA), '50', { staff: KENTA })
    expect(await has()).toBe(100)
  })

  test('once when a form is sent twice', async () => {
    const { desk, id, has, scope } = await setUp()
    const view = (await desk.click(AYA, ADJUST, { value: id })).modals[0]
    const handler = slack.submissions?.[ADJUST]
    const turn = {
      ...desk.context,
      ...{ scope, staff: AYA, cause: 'slack:one', channel: 'C1', whisper: async () => undefined, files: {} },
      ...{ privateMetadata: view?.private_metadata ?? '', openModal: () => undefined },
      values: { [FIELD.direction]: 'give', [FIELD.count]: '50', [FIELD.reason]: '再送' }
    }
    expect(await Promise.all([handler?.run(turn), handler?.run(turn)])).toEqual([undefined, undefined])
    expect(await has()).toBe(50)
  })

  test('up to the day’s budget, given and taken together; a manager has none', async () => {
    const { open, send, has, scope } = await setUp()
    await send(await open(), '400')
    expect(fault(await send(await open(), '101', { take: true }))).toContain('今日動かせるのはあと100ポイントです')
    await send(await open(), '100', { take: true })
    expect(JSON.stringify(await open())).toContain('今日はあと 0 ポイントまで')
    await send(await open(BOSS), '2,000', { staff: BOSS })
    expect(await has()).toBe(2_300)
    scope.at = daysOn(1)
    await send(await open(), '500')
    expect(await has()).toBe(2_800)
  })

  test('as managers set the budget', async () => {
    const { open, send } = await setUp()
    const set = { name: 'points', value: '100', changedBy: 'UBOSS', changedAt: daysOn(0), version: 1, cause: 'test' }
    await db().prisma.settingChange.create({ data: set })
    expect(fault(await send(await open(), '101'))).toContain('あと100ポイント')
  })

  test('never more than there are, of nobody who is gone, and not while there are no points', async () => {
    const { open, send, desk, id, has } = await setUp()
    await send(await open(), '10')
    expect(fault(await send(await open(), '11', { take: true }))).toContain('残高は10ポイントです')
    expect(await has()).toBe(10)
    const late = await open()
    await db().prisma.definition.deleteMany()
    expect(fault(await send(late, '5'))).toContain('見つかりませんでした')
    expect((await desk.click(AYA, ADJUST, { value: id })).whispers[0]?.text).toContain('見つかりませんでした')
    expect((await desk.click(AYA, ADJUST, { value: 'nobody' })).modals).toEqual([])
  })
})

test.each([
  ['50', 50],
  [' ５０ ', 50],
  ['1,000', 1_000],
  ['100000', 100_000],
  ['100001', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['many', undefined]
])('a count typed as %j is %s', (typed, count) => expect(readCount(typed)).toBe(count))
