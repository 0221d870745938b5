import type { Feature } from '../../platform/feature.ts'
import { POINTS_BUDGET } from './budget.ts'
import { pointsKind } from './definition.ts'
import { EARNING, earnPoints } from './earn-points.ts'
import { jobs } from './jobs.ts'
import { lineHandlers } from './line/handlers.ts'
import { merging } from './merging.ts'
import { personalData } from './personal-data.ts'
import { slack } from './slack/handlers.ts'
import { takeBackPoints } from './take-back-points.ts'

export { pointsKind } from './definition.ts'
export { type PointsGlance, pointsGlance } from './glance.ts'
export { handPoints } from './line/hand-points.ts'
export { pointsLine } from './slack/card-line.ts'
export { pointsButton } from './slack/form.ts'

/** Points: a ledger that always adds up, earned by what happens, exchanged in LINE. */
export const pointsFeature: Feature = {
  name: 'points',
  line: lineHandlers,
  slack,
  on: { ...Object.fromEntries(EARNING.map((name) => [name, earnPoints])), 'order.refunded': takeBackPoints },
  jobs,
  settings: [POINTS_BUDGET],
  definitions: [pointsKind],
  merge: merging,
  personalData
}
