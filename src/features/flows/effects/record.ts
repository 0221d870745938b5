import type { Work } from '../../../platform/work.ts'
import { recordAnswer } from '../../surveys/index.ts'
import type { Effect } from '../rules/advance.ts'
import { isOwnWord } from '../rules/answers.ts'
import type { Progress } from './progress.ts'

/** Keeps an answer with its survey's. */
export async function record(
  work: Work,
  { flow, kept }: Progress,
  effect: Extract<Effect, { do: 'record' }>
): Promise<void> {
  if (flow.kind !== 'survey') return
  const { question, visit, value } = effect
  const { id: runId, customerId, definitionId, startedAt } = kept
  await recordAnswer(work, {
    ...{ customerId, survey: flow.id, definitionId, runId, startedAt, visit, value },
    question: question.id,
    measure: question.measure,
    ownWords: isOwnWord(question)
  })
}
