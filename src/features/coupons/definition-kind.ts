import type { DefinitionKind } from '../../platform/feature.ts'
import { checked } from '../definitions/index.ts'
import { COUPON_KIND, CouponDefinition } from './rules/definitions.ts'

/** flows/loyalty/coupons/: what flows may give. */
export const couponKind: DefinitionKind = {
  kind: COUPON_KIND,
  files: 'loyalty/coupons/',
  check: (input) => checked(CouponDefinition, input, ({ key }) => key)
}
