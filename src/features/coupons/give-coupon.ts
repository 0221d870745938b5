import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { type Granting, grantCoupon } from './grant-coupon.ts'
import type { CouponDefinition } from './rules/definitions.ts'
import { periodOf } from './rules/period.ts'
import { type Coupon, countGiven, currentCoupon, hasCouponFor } from './store/coupons.ts'
import { take } from './store/limits.ts'
import { isPaused } from './store/pauses.ts'

/** Who gets a present, and the one cause of it: told again it gives nothing more. */
export interface Present {
  readonly customerId: string
  readonly cause: string
}

/**
 * "known": this cause gave it before. "missing": the programme or coupon is not published. A coupon may be "paused",
 * "used_up" (as many were given as its limit allows, or its last day is past) or "enough" for one customer.
 */
export interface NoPresent {
  readonly kind: 'known' | 'missing' | 'paused' | 'used_up' | 'enough'
}

/** Facts of presents come from Matane itself. */
export const SOURCE = 'matane'

export type CouponPresent = Present & Pick<Granting, 'giver'> & { readonly key: string }

/**
 * Gives a coupon by its terms as they are published now. `show` is called before the fact is recorded, so that what other
 * features say to it comes after the coupon.
 */
export async function giveCoupon(
  work: Work,
  { key, ...present }: CouponPresent,
  show: (coupon: Coupon) => void
): Promise<Result<Coupon, NoPresent>> {
  const { customerId, cause } = present
  await lockKey(work.tx, customerId)
  if (await hasCouponFor(work.tx, customerId, cause)) return { ok: false, kind: 'known' }
  const published = await currentCoupon(work.tx, key)
  if (!published) return { ok: false, kind: 'missing' }
  const refusal = await whyNotGiven(work, customerId, published.terms)
  if (refusal) return { ok: false, kind: refusal }
  const coupon = await grantCoupon(work, { ...published, ...present })
  show(coupon)
  await recordFact(work, {
    ...{ customerId, name: 'coupon.granted', at: work.now, source: SOURCE, sourceId: `${cause}/coupon.granted` },
    properties: { coupon: key, serial: coupon.serial }
  })
  return ok(coupon)
}

/** Takes the coupon from what may be given in all; the kind of refusal when there is none left, or none for this customer. */
async function whyNotGiven(
  { tx, now, timeZone }: Work,
  customerId: string,
  { key, limit, ...terms }: CouponDefinition
): Promise<NoPresent['kind'] | undefined> {
  if (await isPaused(tx, key)) return 'paused'
  const { expiresAt } = periodOf({ key, ...terms }, now, timeZone)
  if (expiresAt && expiresAt <= now) return 'used_up'
  if (limit?.per_customer !== undefined && (await countGiven(tx, customerId, key)) >= limit.per_customer)
    return 'enough'
  return (await take(tx, key, { granted: 1 }, { grants: limit?.grants })) ? undefined : 'used_up'
}
