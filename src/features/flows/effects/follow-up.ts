import type { Locale } from '../../../core/locale.ts'
import type { Work } from '../../../platform/work.ts'
import { customerSummary, nameFor } from '../../customers/index.ts'
import { openFollowUp, type ReasonKind } from '../../follow-ups/index.ts'
import { fillIn } from '../rules/placeholders.ts'
import type { Flow, FlowText, FollowUpStep } from '../rules/schema.ts'
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
  const title = step.title && (await titleOf(work, { flow, kept }, step.title))
  for (const [index, { question = '', ...answer }] of (shown.length > 0
    ? shown
    : [{ question: undefined }]
  ).entries()) {
    // The customer may take one of the messages back: its reason is found by its cause, and goes alone.
    const cause = causes[question] ?? work.cause
    await openFollowUp(work, {
      ...answer,
      ...(index === 0 && { title }),
      assign: step.assign,
      customerId,
      kind: kindOf(flow, step),
      priority: step.priority,
      due: step.due,
      cause: `${cause}:${flow.id}.${step.id}`
    })
  }
}

/** What is measured by the score that staff see; without one, by what the flow measures first. */
function kindOf({ steps }: Flow, { score }: FollowUpStep): ReasonKind {
  const measuring = steps.flatMap((each) => (each.do === 'ask' && each.measure ? [each] : []))
  const { measure } = measuring.find(({ id }) => id === score) ?? measuring[0] ?? {}
  return measure ?? 'flow'
}

/** In both languages: the team may change the one it reads. */
async function titleOf(work: Work, { flow, kept }: Progress, title: FlowText): Promise<FlowText> {
  const name = (await customerSummary(work.tx, work.cipher, kept.customerId))?.name
  const filled = (locale: Locale) =>
    fillIn(flow, title, { locale, customerName: nameFor(locale, name), facts: kept.run.facts })
  return { ja: filled('ja'), en: filled('en') }
}
