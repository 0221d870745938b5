import { ok, type Result } from '../../core/result.ts'
import { addDays, atLocalTime, startOfDay } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { keepShown } from './announce.ts'
import { SOURCE } from './give-coupon.ts'
import { changeGrant, couponBySerial, currentCoupon, type KeptCoupon } from './store/coupons.ts'
import { take } from './store/limits.ts'
import { insertRedemption, type Redemption } from './store/redemptions.ts'
import { type UsePlace, type UseRefusal, whyNot } from './why-not.ts'

export interface UseRequest {
  readonly customerId: string
  readonly serial: string
  /** The shop's id; undefined = nobody said which. */
  readonly shop: string | undefined
  /** Slack user id of who confirms it; undefined = a counter's code does. */
  readonly staff?: string
  /** What the customer paid, in yen. */
  readonly amountYen?: number
  /** The day on which it was used ("2026-11-20"), when it is written down afterwards. */
  readonly lateOn?: string
}

export interface CouponUse {
  readonly coupon: KeptCoupon
  readonly redemption: Redemption
}

const NOON_MS = 12 * 3_600_000

/**
 * Uses a coupon, once. `show` is called before the fact is recorded, so that what other features say to it comes after the
 * proof that it is used.
 */
export async function useCoupon(
  work: Work,
  request: UseRequest,
  show: (use: CouponUse) => void
): Promise<Result<CouponUse, UseRefusal>> {
  const { tx } = work
  await lockKey(tx, request.customerId)
  const coupon = await couponBySerial(tx, request.serial)
  if (coupon?.customerId !== request.customerId) return { ok: false, kind: 'unknown' }
  const refusal = await whyNot(work, coupon, placeOf(work, request))
  if (refusal) return { ok: false, ...refusal }
  if (!(await takeUse(work, coupon))) return { ok: false, kind: 'used_up' }
  await changeGrant(tx, coupon, { state: 'used' })
  const use = { coupon, redemption: await writeDown(work, coupon, request) }
  show(use)
  keepShown(work, coupon)
  await recordFact(work, factOf(use, request))
  return ok(use)
}

function placeOf({ now, timeZone }: Work, { lateOn, shop }: UseRequest): UsePlace {
  if (lateOn === undefined) return { span: { from: now, until: now }, shop }
  return { span: { from: startOfDay(lateOn, timeZone), until: startOfDay(addDays(lateOn, 1), timeZone) }, shop }
}

/** What is in force now binds coupons given before as well: a shop may take more, or stop. */
async function takeUse({ tx }: Work, { coupon, costYen = 0 }: KeptCoupon): Promise<boolean> {
  const terms = (await currentCoupon(tx, coupon))?.terms
  const caps = { uses: terms?.limit?.total, budgetYen: terms?.budget_yen }
  return take(tx, coupon, { used: 1, spentYen: costYen }, caps)
}

function writeDown({ tx, now, timeZone }: Work, coupon: KeptCoupon, request: UseRequest): Promise<Redemption> {
  const { lateOn, shop, staff, amountYen } = request
  return insertRedemption(tx, {
    ...{ grantId: coupon.id, customerId: coupon.customerId, coupon: coupon.coupon, shop: shop ?? null },
    at: lateOn === undefined ? now : atLocalTime(lateOn, NOON_MS, timeZone),
    ...{ recordedAt: now, late: lateOn !== undefined, staff: staff ?? null, amountYen: amountYen ?? null }
  })
}

function factOf({ coupon, redemption }: CouponUse, { amountYen }: UseRequest) {
  const { customerId, serial } = coupon
  return {
    ...{ customerId, name: 'coupon.redeemed', at: redemption.at, source: SOURCE },
    sourceId: `coupon_redemption:${redemption.id}`,
    ...(redemption.shop && { shop: redemption.shop.id }),
    properties: { coupon: coupon.coupon, serial, ...(amountYen !== undefined && { amount: amountYen }) }
  }
}
