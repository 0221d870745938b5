import type { DefinitionKind, Feature } from '../../platform/feature.ts'
import { tiersKind } from './definition.ts'
import { giveGift } from './give-gift.ts'
import { jobs } from './jobs.ts'
import { lineHandlers } from './line/handlers.ts'
import { onFigures } from './move-tiers.ts'
import { personalData } from './personal-data.ts'
import { slack } from './slack/handlers.ts'
import { settleTiers } from './store/merging.ts'

export { currentTiers, type TiersInForce, tierKeysAround } from './definition.ts'
export { keepTiers } from './keep-tiers.ts'
export { placeTiers } from './move-tiers.ts'
export { TiersDefinition } from './rules/definition.ts'
export type { Outlook } from './rules/outlook.ts'
export { unknownTiers } from './rules/unknown-tiers.ts'
export { tierLine } from './slack/tier-line.ts'
export { tiersAsOf } from './store/history.ts'
export { type TierNow, tierNow, tierOutlook } from './view-tier.ts'

/** What a shop may write about tiers. */
export const tierDefinitions: readonly DefinitionKind[] = [tiersKind]

/** Tiers of customers: reached at once, kept for a time, shown in the chat. */
export const tiersFeature: Feature = {
  name: 'tiers',
  line: lineHandlers,
  slack,
  on: { 'tier.changed': giveGift },
  onFigures,
  jobs,
  definitions: tierDefinitions,
  personalData,
  merge: { settle: ({ tx, now }, pair) => settleTiers(tx, pair, now) }
}
