import type { Feature } from '../../platform/feature.ts'
import { flowDefinitions } from './definition.ts'
import { flowLine } from './line.ts'
import { onFact } from './on-fact.ts'
import { onTimer } from './on-timer.ts'
import { personalData } from './personal-data.ts'
import { EVENTS } from './rules/events.ts'
import { settleMerge } from './settle-merge.ts'

export {
  checkFlow,
  flowDefinitions,
  flowOf,
  opensPages,
  type PublishedFlow,
  publishedFlow,
  publishedFlows
} from './definition.ts'
export { enterManyLater } from './enter-later.ts'
export { type MigrationPlan, migrateRuns, planMigration } from './migrate-runs.ts'
export { pauseFlow, resumeFlow } from './pause-flow.ts'
export { isAnswerTo } from './rules/answers.ts'
export type { Facts } from './rules/conditions.ts'
export { FACT_NAMES, readFact } from './rules/customer-facts.ts'
export { type ArmCount, type Comparison, compareArms, HOLDOUT, isEven } from './rules/experiment.ts'
export { mermaid } from './rules/mermaid.ts'
export { type OutlineStep, outline } from './rules/outline.ts'
export { type Flow, flowJsonSchema } from './rules/schema.ts'
export { type Line, simulate } from './rules/simulate.ts'
export { type Start, startOf } from './rules/trigger.ts'
export { isCommand } from './rules/words.ts'
export { type Entry, startRun } from './run-flow.ts'
export { countFlows, countRuns, type FlowCounts } from './store/counts.ts'
export { findPauses, type Pause } from './store/pauses.ts'
export { runningFlows } from './store/runs.ts'

/** Surveys and scenarios: started by facts, led on by answers and time. */
export const flowsFeature: Feature = {
  name: 'flows',
  line: flowLine,
  on: Object.fromEntries(EVENTS.map((name) => [name, onFact])),
  timers: { flow: onTimer },
  definitions: flowDefinitions,
  personalData,
  merge: { settle: settleMerge }
}
