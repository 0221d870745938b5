import { beforeEach, describe, expect, test } from 'vitest'
import { CAKE, NOON } from '../../../../test/support/coupon-counter.ts'
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
import { publish } from '../../definitions/index.ts'
import { callStaff } from '../call-staff.ts'
import { giveCoupon } from '../give-coupon.ts'
import { couponsFeature } from '../index.ts'
import type { CouponDefinition } from '../rules/definitions.ts'
import { slack } from './index.ts'

const db = useDatabase()
const AYA = member('UAYA')
const BOSS = member('UBOSS', { role: 'manager', locale: 'en' })
const NOBODY = '00000000-0000-4000-8000-000000000000'
let world: CustomerCardWorld
let hanako: string
let given = 0

beforeEach(async () => {
  world = customerCardWorld(db())
  world.scope.at = NOON
  await publishLoyalty(db())
  await put()
  hanako = await world.customer('佐藤 花子')
})

const put = (change: Partial<CouponDefinition> = {}) =>
  db().transaction((tx) => publish(tx, { kind: 'coupon', key: 'cake', body: { ...CAKE, ...change }, at: NOON }))
async function give(customerId = hanako): Promise<string> {
  const present = { customerId, cause: `test:${++given}`, key: 'cake' }
  const coupon = await world.desk.perform(present.cause, (work) => giveCoupon(work, present, () => undefined))
  return coupon.ok ? coupon.value.serial : coupon.kind
}
const click = (action: string, value: string, by = AYA) => world.desk.click(by, action, { value })
/** Opens the form behind a button and sends it. */
async function send(action: string, value: string, values: Record<string, string>, by = AYA) {
  return world.desk.submit(by, modalIn(await click(action, value, by)), values)
}
const use = (serial: string, more: Record<string, string> = {}) =>
  send('coupon.use', serial, { shop: 'kamakura', when: 'now', ...more })
const state = async () => (await db().prisma.couponGrant.findFirst())?.state
const audited = async () =>
  (await db().prisma.audit.findMany({ where: { action: { startsWith: 'coupon.' } }, orderBy: { seq: 'asc' } })).map(
    ({ action, actorId }) => `${actorId} ${action}`
  )
const told = async () => {
  const rows = await db().prisma.outbox.findMany({ where: { channel: 'line' }, orderBy: { seq: 'asc' } })
  return rows.map((row) => db().cipher.open('outbox.payload', row.payloadSealed)).join('\n')
}

describe('a customer’s coupons', () => {
  test('are a click away from their card, found by a serial, with what can be done with each', async () => {
    const serial = await give()
    const card = await world.find(AYA, serial)
    expect(buttonIn(card, 'coupon.list')).toBe(hanako)
    const list = await click('coupon.list', hanako)
    expect(textIn(list)).toContain('ケーキ半額')
    expect(textIn(list)).toContain('未使用 ・ 2026年12月21日(月)まで')
    expect(buttonIn(list, 'coupon.use')).toBe(serial)
    expect(buttonIn(list, 'coupon.withdraw')).toBe(serial)
    expect(textIn(await click('coupon.list', NOBODY, BOSS))).toContain('no coupons to use')
  })

  test('are nothing that viewers change', () => {
    const { actions = {}, submissions = {} } = slack
    expect(Object.values({ ...actions, ...submissions }).filter(({ role }) => role === 'viewer')).toEqual([])
  })
})

describe('staff confirm a use', () => {
  test('with the shop: the customer sees it at once, and it is on record', async () => {
    const serial = await give()
    const list = await use(serial, { amount: '¥1,200' })
    expect(list.errors).toBeUndefined()
    expect(textIn(list)).toContain('使用済み 2026年11月21日 12:00:00 ・ 鎌倉店 ・ <@UAYA>')
    expect(await told()).toContain('使用済み')
    expect(await audited()).toEqual(['UAYA coupon.use'])
    const event = await db().prisma.event.findFirst({ where: { name: 'coupon.redeemed' } })
    expect(event).toMatchObject({ shop: 'kamakura', properties: { amount: 1200 } })
  })

  test('a second time: they are told when and where it was', async () => {
    const serial = await give()
    const form = modalIn(await click('coupon.use', serial))
    await world.desk.submit(AYA, form, { shop: 'kamakura', when: 'now' })
    const again = await world.desk.submit(BOSS, form, { shop: 'kichijoji', when: 'now' })
    expect(again.errors).toEqual({ when: 'It was used on Nov 21, 2026, 12:00:00 at Kamakura.' })
    expect(await db().prisma.couponRedemption.count()).toBe(1)
  })

  test('afterwards, for today or yesterday: as late, and without a message', async () => {
    world.scope.at = new Date('2026-11-20T12:00:00+09:00')
    const serial = await give()
    world.scope.at = NOON
    expect(textIn(await use(serial, { when: 'yesterday' }))).toContain('2026年11月20日(金)（あとから記録）')
    expect(await told()).not.toContain('使用済み')
    expect(await db().prisma.couponRedemption.findFirst()).toMatchObject({
      late: true,
      staff: 'UAYA',
      recordedAt: NOON
    })
  })

  test.each([
    ['an amount that is none', { amount: 'たくさん' }, '数字で'],
    ['another shop', { shop: 'kichijoji' }, '使えるお店: 鎌倉店'],
    ['a day before it was given', { when: 'yesterday' }, 'から使える']
  ])('with %s: nothing happens, and they hear why', async (_what, values, words) => {
    await put({ shops: ['kamakura'] })
    expect(Object.values((await use(await give(), values)).errors ?? {}).join()).toContain(words)
    expect(await state()).toBe('held')
  })

  test('when the customer asks for it: a card that changes with the coupon', async () => {
    const serial = await give()
    const request = { customerId: hanako, serial }
    for (const cause of ['call', 'again']) await world.desk.perform(cause, (work) => callStaff(work, request))
    const { id } = await db().prisma.couponGrant.findFirstOrThrow()
    const draw = () => slack.cards?.coupon?.(world.desk.context, id)
    const first = await draw()
    expect(JSON.stringify(first)).toContain(`確認をお願いします`)
    expect(JSON.stringify(first)).not.toContain('花子')
    await use(serial)
    const second = await draw()
    expect(second?.version).toBeGreaterThan(first?.version ?? 0)
    expect(second?.text).toContain('✅ 使用済み')
    const intents = (await world.desk.intents()).filter((one) => 'record' in one && one.record.type === 'coupon')
    expect(intents.map(({ kind }) => kind)).toEqual(['card', 'card', 'thread', 'card'])
    await world.desk.perform('erase', (work) => couponsFeature.personalData?.erase(work, hanako) ?? Promise.resolve())
    expect(await draw()).toBeUndefined()
    // What waited before was emptied.
    const { payloadSealed } = await db().prisma.outbox.findFirstOrThrow({ orderBy: { seq: 'desc' } })
    expect(db().cipher.open('outbox.payload', payloadSealed)).toMatch(/"forget".*消去/)
  })
})

describe('staff undo and withdraw', () => {
  test('with a reason: the customer has the coupon again, and hears of it', async () => {
    const serial = await give()
    await use(serial)
    const form = modalIn(await click('coupon.undo', serial))
    expect((await world.desk.submit(AYA, form, { reason: ' ' })).errors).toEqual({ reason: '理由を書いてください。' })
    const list = await world.desk.submit(AYA, form, { reason: '押し間違い' })
    expect(buttonIn(list, 'coupon.use')).toBe(serial)
    expect(await told()).toContain('お戻ししました')
    expect(await audited()).toEqual(['UAYA coupon.use', 'UAYA coupon.undo'])
  })

  test('not after a quarter of an hour, from when on no button offers it', async () => {
    const serial = await give()
    await use(serial)
    const form = modalIn(await click('coupon.undo', serial))
    world.scope.at = new Date(NOON.getTime() + 901_000)
    expect((await world.desk.submit(AYA, form, { reason: '押し間違い' })).errors?.reason).toContain('11/21 12:15まで')
    expect(buttonIn(await click('coupon.list', hanako), 'coupon.undo')).toBeUndefined()
  })

  test('a coupon that was given by mistake, once', async () => {
    const serial = await give()
    const form = modalIn(await click('coupon.withdraw', serial))
    expect((await world.desk.submit(AYA, form, { reason: '' })).errors).toBeDefined()
    expect(textIn(await world.desk.submit(AYA, form, { reason: '渡し間違い' }))).toContain(
      '使用済みのクーポンもありません'
    )
    expect((await world.desk.submit(AYA, form, { reason: '渡し間違い' })).errors?.reason).toContain(
      '取り下げられています'
    )
    expect(await audited()).toEqual(['UAYA coupon.withdraw'])
  })
})

describe('a goodwill coupon', () => {
  const gift = (by = AYA) => send('coupon.give', hanako, { coupon: 'cake', reason: 'お待たせしたため' }, by)

  test('is given with a reason, shown to the customer, and on record', async () => {
    await put({ gives: { yen: 500 } })
    expect(textIn(await gift())).toContain('ケーキ半額')
    expect(await told()).toContain('クーポンをお届けします')
    expect(await audited()).toEqual(['UAYA coupon.give'])
    expect(await db().prisma.couponGrant.findFirst()).toMatchObject({ givenBy: 'UAYA', givenRole: 'cs', costYen: 500 })
  })

  test('of cs staff keeps to the month’s budget of all of them, a manager’s does not; a new month begins anew', async () => {
    await put({ gives: { yen: 20_000 } })
    const both = await Promise.all([gift(), gift(member('UKEN'))])
    expect(both.flatMap(({ errors }) => errors?.coupon ?? [])).toEqual([expect.stringContaining('残り ¥10,000')])
    expect((await gift(BOSS)).errors).toBeUndefined()
    world.scope.at = new Date('2026-12-01T00:00:00+09:00')
    expect((await gift()).errors).toBeUndefined()
    expect(await db().prisma.couponGrant.count()).toBe(3)
  })

  test('whose cost nobody knows is for managers alone', async () => {
    expect((await gift()).errors?.coupon).toContain('マネージャーだけ')
    expect((await gift(BOSS)).errors).toBeUndefined()
  })

  test('is none that is not published any more, or too many', async () => {
    await put({ limit: { per_customer: 1 } })
    const form = modalIn(await click('coupon.give', hanako, BOSS))
    expect((await world.desk.submit(BOSS, form, { coupon: 'pie', reason: 'x' })).errors?.coupon).toContain(
      'not published'
    )
    await gift(BOSS)
    expect((await gift(BOSS)).errors?.coupon).toContain('as many as one may have')
  })
})
