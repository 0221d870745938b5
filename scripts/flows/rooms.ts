import { consentFeature } from '../../src/features/consent/index.ts'
import { couponsFeature } from '../../src/features/coupons/index.ts'
import { customersFeature } from '../../src/features/customers/index.ts'
import { followUpsFeature } from '../../src/features/follow-ups/index.ts'
import { isLinkingText } from '../../src/features/linking/index.ts'
import { pointsFeature } from '../../src/features/points/index.ts'
import { rightsFeature } from '../../src/features/rights/index.ts'
import { stampsFeature } from '../../src/features/stamps/index.ts'
import { tiersFeature } from '../../src/features/tiers/index.ts'
import type { Feature } from '../../src/platform/feature.ts'

/** The rooms that know a text for their own, whoever writes it. */
export const ROOMS: readonly Feature[] = [
  customersFeature,
  couponsFeature,
  stampsFeature({ counterNow: () => new Date(0) }),
  tiersFeature,
  pointsFeature,
  consentFeature,
  rightsFeature(),
  followUpsFeature
]

/** The room whose code or word a text is; undefined = no room's. */
export function roomOf(text: string): string | undefined {
  return isLinkingText(text) ? 'linking' : ROOMS.find(({ line }) => line?.knows?.(text))?.name
}
