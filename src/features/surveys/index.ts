import type { Tx } from '../../platform/db/index.ts'
import type { Feature } from '../../platform/feature.ts'
import { personalData } from './personal-data.ts'
import { findLastScore } from './store.ts'

export { type NewAnswer, recordAnswer } from './record-answer.ts'
export { countResponses, findLatestAnswers as latestAnswers, type GivenAnswer } from './store.ts'
export { withdrawAnswers } from './withdraw-answers.ts'

/** The customer's newest score of a survey before an instant; undefined when there is none. */
export function lastScore(
  tx: Tx,
  customerId: string,
  of: { survey: string; before: Date }
): Promise<{ score: number; at: Date } | undefined> {
  return findLastScore(tx, customerId, of)
}

/** What customers said: responses and answers, by survey. Asked by the flow engine. */
export const surveysFeature: Feature = {
  name: 'surveys',
  merge: { belongs: [{ table: 'survey_response', column: 'run_id', to: 'flow_run' }] },
  personalData
}
