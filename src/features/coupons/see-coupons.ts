import type { Tx } from '../../platform/db/index.ts'
import { undoableUntil } from './settings.ts'
import type { SeenCoupon } from './slack/views.ts'
import type { KeptCoupon } from './store/coupons.ts'
import { redemptionsOf } from './store/redemptions.ts'

/** Coupons with their uses, and until when each can be undone. */
export async function seeCoupons(tx: Tx, coupons: readonly KeptCoupon[]): Promise<SeenCoupon[]> {
  const redemptions = await redemptionsOf(
    tx,
    coupons.map(({ id }) => id)
  )
  const seen: SeenCoupon[] = []
  for (const coupon of coupons) {
    const redemption = redemptions.get(coupon.id)
    const until = redemption && (await undoableUntil(tx, redemption.recordedAt))
    seen.push({ coupon, redemption, undoableUntil: until })
  }
  return seen
}
