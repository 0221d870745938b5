import { beforeEach, expect, test } from 'vitest'
import {
  buttonIn,
  type CustomerCardWorld,
  customerCardWorld,
  modalIn,
  textIn
} from '../../../../test/support/customer-card-world.ts'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { member } from '../../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
const EMMA = member('UEMMA', { locale: 'en' })
let world: CustomerCardWorld
let hanako: string

beforeEach(async () => {
  world = customerCardWorld(db())
  await publishLoyalty(db(), { goal: 2 })
  hanako = await world.customer('佐藤 花子')
})

async function giveStamp() {
  const asked = await world.desk.click(AYA, 'customer.stamp', { value: hanako })
  await world.desk.submit(AYA, modalIn(asked), { programme: 'main', reason: 'スマホをお忘れ' })
}
const form = async (staff = AYA) => {
  const value = buttonIn(await world.open(staff, hanako), 'customer.void_stamp') ?? ''
  return world.desk.click(staff, 'customer.void_stamp', { value })
}
async function send(asked: Awaited<ReturnType<typeof form>>, { staff = AYA, reason = '2回押した' } = {}) {
  const [newest] = await db().prisma.stamp.findMany({ orderBy: { id: 'desc' } })
  return world.desk.submit(staff, modalIn(asked), { stamp: newest?.id ?? '', reason })
}

test('the card’s button asks which stamp and why, voids it, and shows the card as it is then', async () => {
  await giveStamp()
  const asked = await form()
  expect(textIn(asked)).toMatch(/スタンプカード 1枚目の1個目.*お客様への通知はありません.*取り消した人と理由は記録/)
  const sent = await send(asked)
  expect(sent.errors).toBeUndefined()
  expect(sent.whispers).toEqual([])
  expect(textIn(sent)).toMatch(/スタンプカード 1枚目 0 \/ 2.*スタンプを取り消し/)
  expect(await world.audit()).toContainEqual({ action: 'stamp.void', actorId: 'UAYA', customerId: hanako })
})

test('says what became of the coupon: withdrawn, or used and kept', async () => {
  await giveStamp()
  await giveStamp()
  const asked = await form(EMMA)
  expect(textIn(asked)).toMatch(/\d\d:\d\d · Stamp card #1, stamp 2/)
  const { whispers } = await send(asked, { staff: EMMA })
  expect(whispers[0]?.text).toMatch(/^The stamp is void, and the coupon `.{9}` .* is withdrawn\.$/)
  await giveStamp()
  await db().prisma.couponGrant.updateMany({ where: { state: 'held' }, data: { state: 'used' } })
  expect((await send(await form())).whispers[0]?.text).toContain('使用済みのため、そのまま残ります')
})

test('the slower of two is told, a reason is asked for, and who is gone is said to be', async () => {
  await giveStamp()
  const [first, second] = [await form(), await form(EMMA)]
  expect((await send(first, { reason: ' ' })).errors?.reason).toBe('理由を書いてください。')
  await send(first)
  expect((await send(second, { staff: EMMA })).errors?.stamp).toContain('was voided before')
  await db().prisma.stamp.deleteMany()
  await giveStamp()
  const late = await form()
  await db().prisma.stamp.updateMany({ data: { grantedAt: new Date('2020-01-01T00:00:00Z') } })
  expect((await send(late)).errors?.stamp).toContain('90日を過ぎています')
  await db().prisma.customer.delete({ where: { id: hanako } })
  expect((await send(late)).errors?.stamp).toContain('見つかりません')
})

test('says so where there is none to void', async () => {
  expect((await form()).whispers[0]?.text).toBe('この90日に押されたスタンプはありません。')
})
