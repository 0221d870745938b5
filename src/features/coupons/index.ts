import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { couponKind } from './definition-kind.ts'
import { lineHandlers } from './line/handlers.ts'
import { personalData } from './personal-data.ts'
import { GOODWILL_BUDGET, UNDO_WITHIN } from './settings.ts'
import { slack } from './slack/index.ts'

export type { NoPresent, Present } from './give-coupon.ts'
export { grantPromised } from './grant-promised.ts'
export { couponMessage, type View } from './line/coupon-view.ts'
export { type CouponWords, couponWords, type Handing, handCoupon } from './line/hand-coupon.ts'
export { ownerOfSerial } from './owner-of-serial.ts'
export { COUPON_KIND, CouponDefinition } from './rules/definitions.ts'
export { couponsButton } from './slack/views.ts'
export { type Coupon, type CouponsGlance, couponsGlance, currentCoupon, newestCoupon } from './store/coupons.ts'
export { withdrawCoupon } from './withdraw-coupon.ts'

/** What a shop may write about coupons under flows/loyalty/. */
export const couponDefinitions: readonly DefinitionKind[] = [couponKind]

/** Coupons: given by a full card, a flow or staff, shown in LINE, and used once. */
export const couponsFeature: Feature = {
  name: 'coupons',
  line: lineHandlers,
  slack,
  definitions: couponDefinitions,
  settings: [UNDO_WITHIN, GOODWILL_BUDGET],
  personalData
}
