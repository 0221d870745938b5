import type { Feature } from '../../platform/feature.ts'
import { counterRoutes } from './counter/routes.ts'
import { shopsKind, stampCardKind } from './definition-kinds.ts'
import { type LoyaltyOptions, lineHandlers } from './line/handlers.ts'

export { type CounterUrl, counterUrls } from './counter/links.ts'
export { rotateLinkKey } from './store/shops.ts'

/** Stamp cards: counters that hand out codes, cards that fill, the coupons they bring. */
export function loyaltyFeature(options: Omit<LoyaltyOptions, 'realNow'> & Partial<LoyaltyOptions>): Feature {
  const { timeZone, realNow = () => new Date() } = options
  return {
    name: 'loyalty',
    line: lineHandlers({ timeZone, realNow }),
    definitions: [stampCardKind, shopsKind],
    routes: (app) => counterRoutes(app, realNow)
  }
}
