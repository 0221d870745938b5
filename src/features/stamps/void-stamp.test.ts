import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { publishLoyalty } from '../../../test/support/loyalty.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import { daysLater, NOON } from '../../../test/support/stamp-counter.ts'
import { newId } from '../../core/ids.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Perform } from '../../platform/work.ts'
import { cardGlances } from './card-glance.ts'
import { presentStamp } from './present-stamp.ts'
import { giveStaffStamp } from './staff-stamp.ts'
import { lastStampsAt } from './store/cards.ts'
import { voidableStamps, voidStamp } from './void-stamp.ts'

const db = useDatabase()
let scope: TestScope
let anna: string
let perform: Perform

beforeEach(async () => {
  scope = testScope(db(), NOON)
  perform = createPerform({ scope, features: [], onCommit: () => undefined })
  await publishLoyalty(db(), { goal: 3 })
  anna = (await db().prisma.customer.create({ data: { createdAt: NOON } })).id
})

const give = (cause = newId()) =>
  perform(cause, (work) => presentStamp(work, { customerId: anna, cause }, () => undefined))
const giveMany = async (count: number) => {
  for (let n = 0; n < count; n += 1) await give()
}
async function undo(stampId: string, { by = 'UAYA', customerId = anna } = {}) {
  const asked = { customerId, stampId, by, reason: 'レジの読み取り間違い' }
  return perform(newId(), (work) => voidStamp(work, asked))
}
/** The nth stamp that was given; they may be given in one instant. */
const nth = async (n: number) =>
  (await db().prisma.stamp.findMany({ orderBy: { id: 'asc' }, select: { id: true } }))[n - 1]?.id ?? ''
const cards = async () => {
  const rows = await db().prisma.stampCard.findMany({
    orderBy: { number: 'asc' },
    include: { stamps: { where: { voidedAt: null }, orderBy: { position: 'asc' } } }
  })
  return rows.map(({ number, completedAt, stamps }) => {
    return `${number}: ${stamps.map(({ position }) => position).join(' ')}${completedAt ? ' full' : ''}`
  })
}
const coupons = async () =>
  (await db().prisma.couponGrant.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)
const use = () => db().prisma.couponGrant.updateMany({ data: { state: 'used' } })
const unreadable = (row: unknown) =>
  JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value))

describe('a stamp that is voided', () => {
  test('counts no more, stays on record with who, when and why, the reason sealed, and is a fact', async () => {
    await giveMany(2)
    expect(await undo(await nth(2))).toEqual({ ok: true, value: { coupon: undefined } })
    expect(await cards()).toEqual(['1: 1'])
    expect((await cardGlances(db().prisma, anna, NOON)).map(({ stamps }) => stamps)).toEqual([1])
    const row = await db().prisma.stamp.findFirst({ where: { voidedAt: { not: null } } })
    expect(row).toMatchObject({ position: 2, voidedAt: NOON, voidedBy: 'UAYA' })
    expect(db().cipher.open('stamp.void_reason', row?.voidReasonSealed ?? '')).toBe('レジの読み取り間違い')
    const entry = await db().prisma.audit.findFirst({ where: { action: 'stamp.void' } })
    expect(entry).toMatchObject({ actorId: 'UAYA', customerId: anna })
    expect(unreadable([row, entry])).not.toContain('間違い')
    const fact = await db().prisma.event.findFirst({ where: { name: 'stamp.voided' } })
    expect(fact).toMatchObject({ customerId: anna, properties: { programme: 'main', card: 1 } })
  })

  test('lets those behind it move up, and the next one goes to the end', async () => {
    await publishLoyalty(db(), { goal: 5 })
    await giveMany(4)
    await undo(await nth(2))
    expect(await cards()).toEqual(['1: 1 2 3'])
    await give()
    expect(await cards()).toEqual(['1: 1 2 3 4'])
  })

  test('is no visit that keeps the next one waiting, but its cause gives no other', async () => {
    await give('cause')
    await db().prisma.stamp.updateMany({ data: { way: 'counter' } })
    expect((await lastStampsAt(db().prisma, anna)).size).toBe(1)
    await undo(await nth(1))
    expect((await lastStampsAt(db().prisma, anna)).size).toBe(0)
    expect(await give('cause')).toEqual({ ok: false, kind: 'known' })
  })

  test('is so once, by whoever is first: the others are told', async () => {
    await giveMany(2)
    const id = await nth(1)
    const all = await Promise.all(['UAYA', 'UKEN', 'UEMMA', 'UBOSS'].map((by) => undo(id, { by })))
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    expect(all.filter((one) => !one.ok && one.kind === 'void')).toHaveLength(3)
    expect(await cards()).toEqual(['1: 1'])
    expect(await db().prisma.audit.count({ where: { action: 'stamp.void' } })).toBe(1)
  })

  test('two different ones at once are both void', async () => {
    await giveMany(2)
    const ids = [await nth(1), await nth(2)]
    expect((await Promise.all(ids.map((id) => undo(id)))).map(({ ok }) => ok)).toEqual([true, true])
    expect(await cards()).toEqual(['1: '])
  })

  test('is the customer’s own, and of the last 90 days', async () => {
    await give()
    const eve = (await db().prisma.customer.create({ data: { createdAt: NOON } })).id
    expect(await undo(await nth(1), { customerId: eve })).toEqual({ ok: false, kind: 'gone' })
    scope.at = new Date(daysLater(90).getTime() + 1)
    expect(await voidableStamps(db().prisma, anna, scope.at)).toEqual([])
    expect(await undo(await nth(1))).toEqual({ ok: false, kind: 'gone' })
    scope.at = daysLater(90)
    expect(await voidableStamps(db().prisma, anna, scope.at)).toHaveLength(1)
    expect(await undo(await nth(1))).toMatchObject({ ok: true })
    expect(await voidableStamps(db().prisma, anna, scope.at)).toEqual([])
  })

  test('of a customer who was merged away meanwhile is looked for under the one they are now', async () => {
    await give()
    const into = (await db().prisma.customer.create({ data: { createdAt: NOON } })).id
    await db().prisma.stampCard.updateMany({ data: { customerId: into } })
    await db().prisma.stamp.updateMany({ data: { customerId: into } })
    expect(await undo(await nth(1))).toEqual({ ok: false, kind: 'gone' })
    expect(await undo(await nth(1), { customerId: into })).toMatchObject({ ok: true })
  })
})

describe('of a card that is full', () => {
  test('it opens the card again, takes the coupon back, and the place can be earned anew', async () => {
    await giveMany(3)
    await perform(newId(), (work) => presentStamp(work, { customerId: anna, cause: 'next' }, () => undefined))
    await undo(await nth(4))
    expect(await cards()).toEqual(['1: 1 2 3 full', '2: '])
    const done = await undo(await nth(3))
    expect(done).toMatchObject({ ok: true, value: { coupon: { outcome: 'withdrawn' } } })
    expect(await cards()).toEqual(['1: 1 2'])
    expect(await db().prisma.stamp.count()).toBe(4)
    expect(await coupons()).toEqual(['withdrawn'])
    await give()
    expect(await cards()).toEqual(['1: 1 2 3 full', '2: '])
    expect(await coupons()).toEqual(['withdrawn', 'held'])
  })

  test('a coupon that was used stays, staff hear of it, and the place brings no second one', async () => {
    await giveMany(3)
    await use()
    const [serial] = (await db().prisma.couponGrant.findMany()).map((each) => each.serial)
    expect(await undo(await nth(3))).toEqual({ ok: true, value: { coupon: { serial, outcome: 'used' } } })
    await give()
    expect(await cards()).toEqual(['1: 1 2 3 full', '2: '])
    expect(await coupons()).toEqual(['used'])
  })

  test('a newer card with stamps gives its last one for it, no more', async () => {
    await giveMany(5)
    expect(await undo(await nth(2))).toEqual({ ok: true, value: { coupon: undefined } })
    expect(await cards()).toEqual(['1: 1 2 3 full', '2: 1'])
    expect(await coupons()).toEqual(['held'])
  })

  test('a newer one that is full itself opens, and its coupon is the one that goes', async () => {
    await giveMany(6)
    expect(await undo(await nth(1))).toMatchObject({ value: { coupon: { outcome: 'withdrawn' } } })
    expect(await cards()).toEqual(['1: 1 2 3 full', '2: 1 2'])
    expect(await coupons()).toEqual(['held', 'withdrawn'])
  })

  test('opened again after its end, it holds as long as one that begins now', async () => {
    await publishLoyalty(db(), { goal: 3, expires: '30d' })
    await giveMany(3)
    scope.at = daysLater(60)
    await undo(await nth(3))
    expect((await cardGlances(db().prisma, anna, daysLater(89))).map(({ stamps }) => stamps)).toEqual([2])
  })
})

test('a coupon on the way goes only when its place is the one that becomes free', async () => {
  const terms = { key: 'half', title: { ja: '半分', en: 'Half' }, note: { ja: '会計時に', en: 'At the till' } }
  await publishLoyalty(db(), { goal: 5, rewards: [{ at: 2, ...terms }] })
  await giveMany(3)
  await undo(await nth(2))
  expect(await coupons()).toEqual(['held'])
  await undo(await nth(1))
  expect(await cards()).toEqual(['1: 1'])
  expect(await coupons()).toEqual(['withdrawn'])
})

test('of another programme no card is touched', async () => {
  await publishLoyalty(db(), { goal: 3 }, [{ key: 'morning', title: { ja: '朝', en: 'Morning' }, goal: 3 }])
  const to = { customerId: anna, by: 'UKEN', reason: 'x', programme: 'morning' }
  await giveMany(3)
  await perform(newId(), (work) => giveStaffStamp(work, to, () => undefined))
  await undo(await nth(3))
  expect((await cards()).toSorted()).toEqual(['1: 1', '1: 1 2'])
})

test('staff choose among them by card, place, shop and time, the newest first', async () => {
  await give()
  scope.at = daysLater(1)
  await give()
  await db().prisma.stamp.updateMany({ where: { position: 2 }, data: { shop: 'kichijoji' } })
  const choices = await voidableStamps(db().prisma, anna, scope.at)
  expect(choices).toMatchObject([
    { card: 1, position: 2, grantedAt: daysLater(1), shop: { en: expect.stringMatching(/./) } },
    { card: 1, position: 1, grantedAt: NOON, shop: undefined }
  ])
})
