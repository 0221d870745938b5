import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { counterRoutes } from './counter/routes.ts'
import { shopsKind } from './definition-kind.ts'

export { type Brand, brandOf } from './brand.ts'
export { type CounterUrl, counterUrls } from './counter/links.ts'
export { idsOfShops } from './definition-kind.ts'
export { type CodeFault, type CounterCode, checkCode, formatCode, readCode } from './rules/counter-code.ts'
export { ShopsDefinition } from './rules/definitions.ts'
export { findShop, openShops, rotateKeys, type Shop, shopNames } from './store/shops.ts'

/** What a shop may write about itself under flows/loyalty/. */
export const shopDefinitions: readonly DefinitionKind[] = [shopsKind]

/** The shops, and their counters that show codes by which customers prove a visit. */
export function shopsFeature(options: {
  /** The clock by which counter codes run: business time, so that moving it brings new codes. */
  readonly counterNow: () => Date
}): Feature {
  return {
    name: 'shops',
    definitions: shopDefinitions,
    routes: (app) => counterRoutes(app, options.counterNow)
  }
}
