import { addDuration } from '../../core/time.ts'
import { fitText, textMessage } from '../../platform/line/index.ts'
import { cancelTimer, setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary, nameFor, tagCustomer, untagCustomer } from '../customers/index.ts'
import { openFollowUp } from '../follow-ups/index.ts'
import { recordAnswer } from '../surveys/index.ts'
import { questionMessage } from './question.ts'
import type { Effect } from './rules/advance.ts'
import { type Filling, fillIn } from './rules/placeholders.ts'
import type { Flow, FollowUpStep } from './rules/schema.ts'
import type { KeptRun } from './store.ts'

/** A run where it stands now, and the flow it is in. */
export interface Progress {
  readonly flow: Flow
  readonly kept: KeptRun
}

/** Carries out what `advance` asked for, in order, in the transaction that stored the run. */
export async function carryOut(work: Work, progress: Progress, effects: readonly Effect[]): Promise<void> {
  const filling = await fillingFor(work, progress.kept)
  for (const effect of effects) await carryOutOne(work, { ...progress, filling }, effect)
}

/** The name of the timer that wakes a run at one of its pauses. */
export function timerName(runId: string, visit: number): string {
  return `flow:${runId}:${visit}`
}

type Filled = Progress & { readonly filling: Filling }

async function carryOutOne(work: Work, { flow, kept, filling }: Filled, effect: Effect): Promise<void> {
  const { customerId, id: runId } = kept
  switch (effect.do) {
    case 'say':
      return work.tell(customerId, [textMessage(fitText(fillIn(flow, effect.text, filling)))])
    case 'ask': {
      const { question, visit } = effect
      const view = { question, runId, visit, locale: filling.locale }
      return work.tell(customerId, [questionMessage(view, fillIn(flow, question.text, filling))])
    }
    case 'set_timer': {
      const { visit, after } = effect
      const timer = { name: timerName(runId, visit), key: customerId, dueAt: addDuration(work.now, after) }
      return setTimer(work, { kind: 'flow', ...timer, body: JSON.stringify({ run: runId, visit }) })
    }
    case 'cancel_timer':
      return cancelTimer(work, timerName(runId, effect.visit))
    case 'record':
      return record(work, { flow, kept }, effect)
    case 'tag':
      return tag(work, { flow, kept }, effect)
    case 'follow_up':
      return followUp(work, { flow, kept }, effect.step)
    case 'end':
      return
  }
}

async function fillingFor({ tx, cipher }: Work, { customerId, run }: KeptRun): Promise<Filling> {
  const customer = await customerSummary(tx, cipher, customerId)
  const locale = customer?.locale ?? 'ja'
  return { locale, customerName: nameFor(locale, customer?.name), facts: run.facts }
}

async function record(work: Work, { flow, kept }: Progress, effect: Extract<Effect, { do: 'record' }>): Promise<void> {
  if (flow.kind !== 'survey') return
  const { question, visit, value } = effect
  const { id: runId, customerId, definitionId, startedAt } = kept
  await recordAnswer(work, {
    ...{ customerId, survey: flow.id, definitionId, runId, startedAt, visit, value },
    question: question.id,
    measure: question.measure,
    freeText: question.answer.type === 'text'
  })
}

async function tag(work: Work, { flow, kept }: Progress, effect: Extract<Effect, { do: 'tag' }>): Promise<void> {
  const { customerId } = kept
  if (effect.add) await tagCustomer(work, { customerId, tag: effect.add, by: `flow:${flow.id}` })
  if (effect.remove) await untagCustomer(work, customerId, effect.remove)
}

/** Asks staff to look after the customer: one reason for each answer shown, named after the message that gave it. */
async function followUp(work: Work, { flow, kept }: Progress, step: FollowUpStep): Promise<void> {
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
