import { newId } from '../../src/core/ids.ts'
import { giveCoupon } from '../../src/features/coupons/give-coupon.ts'
import { COUPON_KIND, type CouponDefinition } from '../../src/features/coupons/rules/definitions.ts'
import { undoUse } from '../../src/features/coupons/undo-use.ts'
import { type UseRequest, useCoupon } from '../../src/features/coupons/use-coupon.ts'
import { withdrawCoupon } from '../../src/features/coupons/withdraw-coupon.ts'
import { publish } from '../../src/features/definitions/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { publishLoyalty } from './loyalty.ts'
import { testScope } from './queue.ts'

/** Noon of a Saturday in Japan. */
export const NOON = new Date('2026-11-21T12:00:00+09:00')

export const CAKE: CouponDefinition = {
  key: 'cake',
  title: { ja: 'ケーキ半額', en: 'Cake at half price' },
  note: { ja: 'お会計の前にお見せください。', en: 'Show this before you pay.' },
  valid_for: '30d'
}

/** A coupon with changes, customers, and ways to give and use it as the product does. `scope.at` is business time. */
export async function couponCounter(db: Database, change: Partial<CouponDefinition> = {}) {
  const scope = testScope(db, NOON)
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  /** That many customers with a coupon each, without a transaction for each. */
  async function hold(count: number) {
    const { id: definitionId } = await db.prisma.definition.findFirstOrThrow({ where: { kind: COUPON_KIND } })
    const customers = await db.prisma.customer.createManyAndReturn({
      data: Array.from({ length: count }, () => ({ createdAt: NOON }))
    })
    const held = customers.map(({ id }, index) => ({ id, serial: `AAAA-${String(index).padStart(4, '0')}` }))
    const about = { coupon: 'cake', definitionId, cause: 'test', grantedAt: NOON }
    await db.prisma.couponGrant.createMany({
      data: held.map(({ id, serial }) => ({ ...about, customerId: id, serial }))
    })
    return held
  }
  const put = (changed: Partial<CouponDefinition>) =>
    db.transaction((tx) => publish(tx, { kind: COUPON_KIND, key: 'cake', body: { ...CAKE, ...changed }, at: scope.at }))
  await publishLoyalty(db)
  await put(change)

  async function give(customerId: string): Promise<string> {
    const given = await perform(newId(), (work) =>
      giveCoupon(work, { customerId, cause: newId(), key: 'cake' }, () => undefined)
    )
    return given.ok ? given.value.serial : given.kind
  }
  async function use(customerId: string, serial: string, more: Partial<UseRequest> = {}) {
    const request = { customerId, serial, shop: 'kichijoji', ...more }
    return perform(newId(), (work) => useCoupon(work, request, () => undefined))
  }
  return {
    scope,
    perform,
    put,
    hold,
    give,
    use,
    customer: async () => (await db.prisma.customer.create({ data: { createdAt: NOON } })).id,
    /** "used", or why not. */
    outcome: async (...parts: Parameters<typeof use>) => {
      const used = await use(...parts)
      return used.ok ? 'used' : used.kind
    },
    undo: async (serial: string) => {
      const act = { serial, by: 'UAYA', reason: '押し間違い' }
      const undone = await perform(newId(), (work) => undoUse(work, act, () => undefined))
      return undone.ok ? 'undone' : undone.kind
    },
    withdraw: (serial: string) =>
      perform(newId(), (work) => withdrawCoupon(work, { serial, by: 'UAYA', reason: '渡し間違い' }))
  }
}
