import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { counterRoutes } from './counter/routes.ts'
import { couponKind, shopsKind, stampCardKind } from './definition-kinds.ts'
import { type LoyaltyOptions, lineHandlers } from './line/handlers.ts'
import { personalData } from './personal-data.ts'
import { settleCards } from './store/merging.ts'

export { type Brand, brandOf } from './brand.ts'
export { type LoyaltyState, loyaltyState } from './card-state.ts'
export { type CounterUrl, counterUrls } from './counter/links.ts'
export { type CouponWords, couponWords, handCoupon, handStamp } from './line/presents.ts'
export { ownerOfSerial } from './owner-of-serial.ts'
export { COUPON_KIND } from './rules/definitions.ts'
export { rotateLinkKey, shopNames } from './store/shops.ts'

/** What a shop may write under flows/loyalty/. */
export const loyaltyDefinitions: readonly DefinitionKind[] = [stampCardKind, shopsKind, couponKind]

/** Stamp cards: counters that hand out codes, cards that fill, the coupons they bring. */
export function loyaltyFeature(options: LoyaltyOptions): Feature {
  return {
    name: 'loyalty',
    line: lineHandlers(options),
    definitions: loyaltyDefinitions,
    personalData,
    merge: { settle: ({ tx }, pair) => settleCards(tx, pair) },
    routes: (app) => counterRoutes(app, options.counterNow)
  }
}
