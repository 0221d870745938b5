import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { grantCoupon } from './grant-coupon.ts'
import { type Coupon, currentCoupon, hasCouponFor } from './store/coupons.ts'

/** Who gets a present, and the one cause of it: told again it gives nothing more. */
export interface Present {
  readonly customerId: string
  readonly cause: string
}

/** "known": this cause gave it before. "missing": the programme or coupon is not published. */
export type NoPresent = { readonly kind: 'known' } | { readonly kind: 'missing' }

/** Facts of presents come from Matane itself. */
const SOURCE = 'matane'

/**
 * Gives a coupon by its terms as they are published now. `show` is called before the fact is recorded, so that what other
 * features say to it comes after the coupon.
 */
export async function giveCoupon(
  work: Work,
  { customerId, cause, key }: Present & { readonly key: string },
  show: (coupon: Coupon) => void
): Promise<Result<Coupon, NoPresent>> {
  await lockKey(work.tx, customerId)
  if (await hasCouponFor(work.tx, customerId, cause)) return { ok: false, kind: 'known' }
  const published = await currentCoupon(work.tx, key)
  if (!published) return { ok: false, kind: 'missing' }
  const coupon = await grantCoupon(work, { ...published, customerId, cause })
  show(coupon)
  await recordFact(work, {
    ...{ customerId, name: 'coupon.granted', at: work.now, source: SOURCE, sourceId: `${cause}/coupon.granted` },
    properties: { coupon: key }
  })
  return ok(coupon)
}
