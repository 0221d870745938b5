import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'

export { enterDue } from './enter-due.ts'
export { startByHand } from './start-by-hand.ts'

/** What leads customers into flows besides what they do: time, and staff. */
export const triggersFeature: Feature = { name: 'triggers', jobs }
