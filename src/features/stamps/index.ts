import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { stampCardKinds } from './definition-kind.ts'
import { lineHandlers, type StampOptions } from './line/handlers.ts'
import { personalData } from './personal-data.ts'
import { STAFF_LIMIT } from './staff-limit.ts'
import { stampVisit } from './stamp-visit.ts'
import { settleCards } from './store/merging.ts'

export { type CardGlance, cardGlances, openGlances } from './card-glance.ts'
export { handStaffStamp, handStamp } from './line/hand-stamp.ts'
export { StampCardDefinition } from './rules/definitions.ts'
export type { NoStaffStamp } from './staff-stamp.ts'
export { type NotVoided, type VoidableStamp, voidableStamps, voidStamp } from './void-stamp.ts'

/** What a shop may write about stamp cards under flows/loyalty/. */
export const stampDefinitions: readonly DefinitionKind[] = stampCardKinds

/** Stamp cards: visits proved at a counter fill them, and a full one brings a coupon. */
export function stampsFeature(options: StampOptions): Feature {
  return {
    name: 'stamps',
    line: lineHandlers(options),
    on: { visit: stampVisit },
    settings: [STAFF_LIMIT],
    definitions: stampDefinitions,
    personalData,
    merge: { settle: ({ tx }, pair) => settleCards(tx, pair) }
  }
}
