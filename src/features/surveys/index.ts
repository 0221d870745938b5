import type { Tx } from '../../platform/db/index.ts'
import type { Feature } from '../../platform/feature.ts'
import { clearAnswers, findLastScore, type WithdrawnAnswer } from './store.ts'

export { type NewAnswer, recordAnswer } from './record-answer.ts'
export type { WithdrawnAnswer } from './store.ts'

/** The customer's newest score of a survey before an instant; undefined when there is none. */
export function lastScore(
  tx: Tx,
  customerId: string,
  of: { survey: string; before: Date }
): Promise<{ score: number; at: Date } | undefined> {
  return findLastScore(tx, customerId, of)
}

/** Deletes what a message answered (the customer took it back), and says which questions of which runs that were. */
export function withdrawAnswers(tx: Tx, customerId: string, cause: string): Promise<WithdrawnAnswer[]> {
  return clearAnswers(tx, customerId, cause)
}

/** What customers said: responses and answers, by survey. Asked by the flow engine. */
export const surveysFeature: Feature = { name: 'surveys' }
