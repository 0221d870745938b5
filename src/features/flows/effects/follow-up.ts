import type { Work } from '../../../platform/work.ts'
import { openFollowUp } from '../../follow-ups/index.ts'
import type { FollowUpStep } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

/** Asks staff to look after the customer: one reason for each answer shown, named after the message that gave it. */
export async function followUp(work: Work, { flow, kept }: Progress, step: FollowUpStep): Promise<void> {
  const { customerId, run, causes } = kept
  const score = step.score === undefined ? undefined : run.facts[step.score]
  const words = step.words === undefined ? undefined : run.facts[step.words]
  const shown = [
    ...(typeof score === 'number' ? [{ question: step.score, score }] : []),
    ...(typeof words === 'string' && words !== '' ? [{ question: step.words, words }] : [])
  ]
  for (const { question = '', ...answer } of shown.length > 0 ? shown : [{ question: undefined }]) {
    // The customer may take one of the messages back: its reason is found by its cause, and goes alone.
    const cause = causes[question] ?? work.cause
    await openFollowUp(work, {
      ...answer,
      customerId,
      kind: flow.steps.some((each) => each.do === 'ask' && each.measure === 'nps') ? 'nps' : 'flow',
      priority: step.priority,
      due: step.due,
      cause: `${cause}:${flow.id}.${step.id}`
    })
  }
}
