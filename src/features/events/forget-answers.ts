import { rebuildStats } from './rebuild-stats.ts'
import type { Recording } from './record-events.ts'
import { type AnswerFact, emptyAnswerFact } from './store/withdrawn.ts'

/**
 * Forgets what was answered where the facts only keep that it was, and makes the figures of their customers anew: a score
 * that was taken back counts no more, and the newest one is the one that remains.
 */
export async function forgetAnswers(work: Recording, answers: readonly AnswerFact[]): Promise<void> {
  for (const answer of answers) await emptyAnswerFact(work.tx, answer)
  await rebuildStats(work, [...new Set(answers.map(({ customerId }) => customerId))])
}
