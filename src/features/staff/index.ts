import type { Feature } from '../../platform/feature.ts'
import type { StaffDeps } from './check-staff.ts'
import { slackHandlers } from './slack.ts'

export { type StaffDeps, staffPort } from './check-staff.ts'
export { listStaff } from './store.ts'

/** Who of the team may do what. Needs to ask Slack, so it is made with the directory that `staffPort` gets too. */
export function staffFeature(deps: StaffDeps): Feature {
  return { name: 'staff', slack: slackHandlers(deps) }
}
