import type { Feature } from '../../platform/feature.ts'
import { factConsumer } from './announce-later.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'
import { rebuildStats } from './rebuild-stats.ts'

export { announceLater } from './announce-later.ts'
export { forgetAnswers } from './forget-answers.ts'
export { ensureMonths } from './keep-months.ts'
export { rebuildAllStats, rebuildStats } from './rebuild-stats.ts'
export { type Outcome, type Recording, recordEvents } from './record-events.ts'
export { recordFact, recordFacts } from './record-fact.ts'
export { clearProperties, storedName } from './rules/asked-names.ts'
export { jsonFault } from './rules/bounds.ts'
export { isInCatalogue, type KnownEvent } from './rules/catalogue.ts'
export { parseEnvelope } from './rules/parse-envelope.ts'
export { type BadEvent, type ParsedEvent, parseEvent } from './rules/parse-event.ts'
export { STAGES, type Stage } from './rules/stage.ts'
export type { NewEvent } from './store/append.ts'
export { lockFigures } from './store/figures.ts'
export { type CustomerFigures, customerFigures } from './store/figures-of.ts'
export { newestAt } from './store/find.ts'
export { ownerOfOrder } from './store/owner.ts'
export { type TimelineEvent, type TimelinePlace, timelinePage } from './store/timeline.ts'

/** What happened to customers: the catalogue of events, where they are kept, and what they add up to. */
export const eventsFeature: Feature = {
  name: 'events',
  jobs,
  inbox: [factConsumer],
  merge: { derived: ['customer_day'], long: ['event'], derive: rebuildStats },
  personalData
}
