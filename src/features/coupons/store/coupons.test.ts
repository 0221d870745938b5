import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { publish } from '../../definitions/index.ts'
import { COUPON_KIND } from '../rules/definitions.ts'
import { insertGrant, validCoupons } from './coupons.ts'

const db = useDatabase()
const at = new Date('2026-11-21T03:00:00Z')
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const body = { key: 'free_drink', title: { ja: '一杯無料', en: 'A drink' }, note: { ja: '提示', en: 'Show' } }
let anna: string
let definitionId: string

beforeEach(async () => {
  const { id } = await db().transaction((tx) => publish(tx, { kind: COUPON_KIND, key: body.key, body, at }))
  definitionId = id
  anna = (await db().prisma.customer.create({ data: { createdAt: at } })).id
})

async function grant(serial: string, expiresAt: Date | null, more: { customerId?: string; cause?: string } = {}) {
  await insertGrant(db().prisma, {
    ...{ customerId: anna, coupon: body.key, definitionId, serial, cause: `test:${serial}`, grantedAt: at, expiresAt },
    ...more
  })
}
const valid = async (when: Date, limit = 10) =>
  (await validCoupons(db().prisma, anna, { at: when, limit })).map(({ serial }) => serial)

test('coupons hold to the last instant before their end; those that end first stand first', async () => {
  const eve = (await db().prisma.customer.create({ data: { createdAt: at } })).id
  await grant('EVER-0000', null)
  await grant('LATE-0000', later(48))
  await grant('SOON-0000', later(24))
  await grant('EVES-0000', null, { customerId: eve })
  expect(await valid(at)).toEqual(['SOON-0000', 'LATE-0000', 'EVER-0000'])
  expect(await valid(new Date(later(24).getTime() - 1), 1)).toEqual(['SOON-0000'])
  expect(await valid(later(24))).toEqual(['LATE-0000', 'EVER-0000'])
  expect(await valid(later(480))).toEqual(['EVER-0000'])
})

test('no two coupons share a number, and one cause grants once', async () => {
  await grant('AAAA-0000', null)
  await expect(grant('AAAA-0000', null)).rejects.toThrow()
  expect(await db().prisma.couponGrant.count()).toBe(1)
})
