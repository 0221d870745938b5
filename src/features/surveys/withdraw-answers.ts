import type { Work } from '../../platform/work.ts'
import { forgetAnswers } from '../events/index.ts'
import { clearAnswers, type WithdrawnAnswer } from './store.ts'

/**
 * Deletes what a message answered (the customer took it back), in the response, in the fact and in what is known of the
 * customer at a glance. Says which questions of which runs that were; told again, it changes nothing.
 */
export async function withdrawAnswers(work: Work, customerId: string, cause: string): Promise<WithdrawnAnswer[]> {
  const withdrawn = await clearAnswers(work.tx, customerId, cause)
  if (withdrawn.length > 0)
    await forgetAnswers(
      work,
      withdrawn.map(({ runId, question, answeredAt: at }) => ({ customerId, runId, question, at }))
    )
  return withdrawn
}
