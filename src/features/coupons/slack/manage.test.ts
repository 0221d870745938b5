import { beforeEach, describe, expect, test } from 'vitest'
import { CAKE, couponCounter } from '../../../../test/support/coupon-counter.ts'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { member, type Seen, type StaffDesk, staffDesk } from '../../../../test/support/staff-desk.ts'
import { retire } from '../../definitions/index.ts'
import { recordFact } from '../../events/index.ts'
import { couponsFeature } from '../index.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const AYA = member('UAYA', { locale: 'en' })
let counter: Awaited<ReturnType<typeof couponCounter>>
let desk: StaffDesk

beforeEach(async () => {
  counter = await couponCounter(db())
  desk = staffDesk(counter.scope, [couponsFeature])
})

const list = async (by = BOSS) => seen(await desk.command(by, '/matane coupons', ''))
const seen = ({ whispers }: Seen) => whispers.map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`).join('\n')
const WRITTEN = {
  ...{ key: 'summer', title_ja: '夏の10%引き', title_en: '10% off in summer', note_ja: '夏だけ', note_en: 'In summer' },
  ...{
    gives: 'percent',
    amount: '10',
    days: '30',
    minimum: '',
    total: '100',
    per_customer: '1',
    cost: '200',
    budget: ''
  }
}
async function create(change: Record<string, string> = {}) {
  const [form] = (await desk.click(BOSS, 'coupon.create', { value: 'new' })).modals
  if (!form) throw new Error('No form was opened')
  return desk.submit(BOSS, form, { ...WRITTEN, ...change })
}

describe('/matane coupons', () => {
  test('tells what became of each coupon, and what was bought with it', async () => {
    const ids = [await counter.customer(), await counter.customer()]
    const [first, second, third] = [
      await counter.give(ids[0] ?? ''),
      await counter.give(ids[1] ?? ''),
      await counter.give(ids[1] ?? '')
    ]
    await counter.use(ids[0] ?? '', first, { amountYen: 1200 })
    const order = {
      name: 'order.completed',
      source: 'test',
      sourceId: '1',
      properties: { order_id: '1', amount: 3000 }
    }
    await counter.perform('order', (work) => recordFact(work, { ...order, customerId: ids[1] ?? '', at: work.now }))
    await counter.use(ids[1] ?? '', second)
    await counter.withdraw(third)
    const shown = await list()
    expect(shown).toContain('*ケーキ半額*  `cake` ▶️ 配布中')
    expect(shown).toContain('付与 3枚 ・ 利用 2枚（66.7%） ・ 利用日の売上 ¥4,200')
    expect(shown).toContain('未使用 0 ・ 期限切れ 0 ・ 取り下げ 1')
    expect(await list(AYA)).toContain('given 3 · used 2 (66.7%) ・ sales on the day of use ¥4,200')
  })

  test('offers changes to managers only', async () => {
    expect(await list()).toMatch(/coupon\.pause.*coupon\.create/)
    expect(await list(AYA)).not.toMatch(/coupon\.(pause|create)/)
    const { actions = {}, submissions = {} } = couponsFeature.slack ?? {}
    for (const name of ['coupon.pause', 'coupon.resume', 'coupon.create']) expect(actions[name]?.role).toBe('manager')
    expect(submissions['coupon.create']?.role).toBe('manager')
  })

  test('pauses a coupon and lets it go on; the second of two is told', async () => {
    const click = async (way: string) => seen(await desk.click(BOSS, `coupon.${way}`, { value: 'cake' }))
    expect(await click('pause')).toContain('一時停止しました')
    expect(await click('pause')).toContain('すでに切り替えられています')
    expect(await list()).toMatch(/⏸ 一時停止中（2026年11月21日 <@UBOSS>）.*coupon\.resume/)
    expect(await click('resume')).toContain('再開しました')
    expect(await list()).toContain('配布中')
  })

  test('keeps in sight what is not given any more, and says what to do when there is none', async () => {
    await counter.give(await counter.customer())
    await db().transaction((tx) => retire(tx, 'coupon', { key: 'cake', at: counter.scope.at }))
    expect(await list()).toContain('*ケーキ半額*  `cake` ⏹ 配布していません')
    await db().query('DELETE FROM coupon_grant')
    expect(await list()).toContain('クーポンはまだありません')
  })
})

test('knows what stamp cards give by its name, while they give it', async () => {
  const { id: definitionId } = await db().prisma.definition.findFirstOrThrow({ where: { kind: 'stamp_card' } })
  const given = { coupon: 'free-drink', definitionId, serial: '7H2K-9M4P', cause: 'card', grantedAt: counter.scope.at }
  await db().prisma.couponGrant.create({ data: { ...given, customerId: await counter.customer() } })
  expect(await list()).toContain('*お好きなドリンク1杯無料*  `free-drink` ▶️ 配布中')
  expect(await list(AYA)).toContain('*Any drink free*  `free-drink`')
  await publishLoyalty(db(), { reward: { ...CAKE, key: 'cookie', valid_for: '30d' } })
  expect(await list()).toContain('*お好きなドリンク1杯無料*  `free-drink` ⏹ 配布していません')
})

describe('a new coupon', () => {
  test('is published as a file would be, and on record', async () => {
    expect(seen(await create())).toContain('「summer」を公開しました')
    const { body, source } = await db().prisma.definition.findFirstOrThrow({ where: { key: 'summer' } })
    expect(source).toBe('slack')
    expect(typeof body === 'string' ? JSON.parse(body) : body).toMatchObject({
      ...{ gives: { percent: 10 }, valid_for: '30d', limit: { total: 100, per_customer: 1 } }
    })
    const [entry] = await db().prisma.audit.findMany({ orderBy: { seq: 'desc' }, take: 1 })
    expect(entry).toMatchObject({ actorId: 'UBOSS', action: 'definition.publish' })
  })

  test.each([
    ['a number that is none', { days: '30d' }, 'days', '整数'],
    ['no amount to take off', { amount: '' }, 'amount', '何％引き'],
    ['a name of wrong letters', { key: 'Sommer Cake' }, 'key', 'small letters'],
    ['a name that is taken', { key: 'cake' }, 'key', 'もうあります'],
    ['a budget without a cost', { cost: '', budget: '1000' }, 'key', 'what one use costs']
  ])('with %s is not published, and says why', async (_what, change, field, words) => {
    expect((await create(change)).errors?.[field]).toContain(words)
    expect(await db().prisma.definition.count({ where: { key: 'summer' } })).toBe(0)
  })
})
