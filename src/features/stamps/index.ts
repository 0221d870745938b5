import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { stampCardKinds } from './definition-kind.ts'
import { lineHandlers, type StampOptions } from './line/handlers.ts'
import { personalData } from './personal-data.ts'
import { settleCards } from './store/merging.ts'

export { type CardGlance, cardGlances } from './card-glance.ts'
export { handStamp } from './line/hand-stamp.ts'
export { StampCardDefinition } from './rules/definitions.ts'

/** What a shop may write about stamp cards under flows/loyalty/. */
export const stampDefinitions: readonly DefinitionKind[] = stampCardKinds

/** Stamp cards: visits proved at a counter fill them, and a full one brings a coupon. */
export function stampsFeature(options: StampOptions): Feature {
  return {
    name: 'stamps',
    line: lineHandlers(options),
    definitions: stampDefinitions,
    personalData,
    merge: { settle: ({ tx }, pair) => settleCards(tx, pair) }
  }
}
