import type { Tx } from '../../../platform/db/index.ts'

/** Which answer a fact "survey.answered" is about: `at` is when it was given. */
export interface AnswerFact {
  readonly customerId: string
  readonly runId: string
  readonly question: string
  readonly at: Date
}

/** Leaves of a fact "survey.answered" that the question was answered, and forgets what was answered. */
export async function emptyAnswerFact(tx: Tx, { customerId, runId, question, at }: AnswerFact): Promise<void> {
  await tx.$executeRaw`
    UPDATE event SET properties = properties - ARRAY['score', 'class', 'value']
    WHERE customer_id = ${customerId}::uuid AND at = ${at} AND name = 'survey.answered' AND source = 'flow'
      AND starts_with(source_id, ${`${runId}:`}) AND properties ->> 'question' = ${question}`
}
