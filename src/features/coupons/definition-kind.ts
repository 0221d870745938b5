import type { DefinitionFault, DefinitionKind, Surroundings } from '../../platform/feature.ts'
import { checked } from '../definitions/index.ts'
import { idsOfShops } from '../shops/index.ts'
import { COUPON_KIND, CouponDefinition } from './rules/definitions.ts'

/** flows/loyalty/coupons/: what flows and staff may give. */
export const couponKind: DefinitionKind = {
  kind: COUPON_KIND,
  files: 'loyalty/coupons/',
  check: (input) => checked(CouponDefinition, input, ({ key }) => key),
  together: (body, around) => unknownShops(CouponDefinition.parse(body), around)
}

/** Shops that take the coupon and that there are not. */
function unknownShops({ shops = [] }: CouponDefinition, { definitions }: Surroundings): DefinitionFault[] {
  const known = idsOfShops(definitions) ?? []
  return shops.flatMap((id, index) => {
    if (known.includes(id)) return []
    const choice = known.length > 0 ? `write one of ${known.slice(0, 10).join(', ')}` : 'publish shops.yaml first'
    return [{ path: ['shops', index], message: `there is no shop "${id}": ${choice}` }]
  })
}
