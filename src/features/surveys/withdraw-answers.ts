import type { Work } from '../../platform/work.ts'
import { emptyAnswerFact, resetLatestNps } from '../customers/index.ts'
import { clearAnswers, findLastScore, type WithdrawnAnswer } from './store.ts'

/**
 * Deletes what a message answered (the customer took it back), in the response, in the fact and in what is known of the
 * customer at a glance. Says which questions of which runs that were; told again, it changes nothing.
 */
export async function withdrawAnswers(work: Work, customerId: string, cause: string): Promise<WithdrawnAnswer[]> {
  const withdrawn = await clearAnswers(work.tx, customerId, cause)
  for (const { runId, question, answeredAt: at } of withdrawn)
    await emptyAnswerFact(work.tx, { customerId, runId, question, at })
  if (withdrawn.some(({ survey }) => survey === 'nps'))
    await resetLatestNps(work.tx, customerId, await findLastScore(work.tx, customerId, { survey: 'nps' }))
  return withdrawn
}
