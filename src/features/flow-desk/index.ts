import type { Feature } from '../../platform/feature.ts'
import { slack } from './slack/handlers.ts'

export { startButton } from './slack/starting.ts'

/** What staff see of surveys and scenarios and do with them: figures, steps, pausing, editing, rolling back. */
export const flowDeskFeature: Feature = { name: 'flow-desk', slack }
