import type { Work } from '../../platform/work.ts'
import { type Granting, grantCoupon } from './grant-coupon.ts'
import type { Coupon } from './store/coupons.ts'
import { take } from './store/limits.ts'

/** Gives what was promised, such as the reward of a full card: no limit holds it back, though it counts towards them. */
export async function grantPromised(work: Work, granting: Granting): Promise<Coupon> {
  await take(work.tx, granting.terms.key, { granted: 1 })
  return grantCoupon(work, granting)
}
