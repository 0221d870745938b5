import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'
import { enterRoutes } from './routes.ts'

export { enterDue } from './enter-due.ts'
export { startByHand } from './start-by-hand.ts'

/** What leads customers into flows besides what they do: time, staff, and other systems. */
export const triggersFeature: Feature = {
  name: 'triggers',
  jobs,
  webhooks: (app, { context }) => enterRoutes(app, context)
}
