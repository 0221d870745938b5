import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'
import { slackHandlers } from './slack/handlers.ts'

export { mergeCustomers } from './merge-customers.ts'
export { sealAllAnew } from './seal-anew.ts'
export { suggestPair } from './store/duplicates.ts'
export { standingsOf } from './store/people.ts'
export { survivorsOf } from './store/survivors.ts'

/** Two records of one person become one, and two again. `rooms` = the features whose rows belong to customers. */
export function mergeFeature(rooms: readonly Feature[]): Feature {
  return { name: 'merge', slack: slackHandlers(rooms), jobs: jobs(rooms), personalData }
}
