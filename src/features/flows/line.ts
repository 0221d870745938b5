import { type LineAction, type LineHandlers, type LineTurn, textMessage } from '../../platform/line/index.ts'
import type { Work } from '../../platform/work.ts'
import { forgetToldBy, nameFor } from '../customers/index.ts'
import { withdrawAnswers } from '../surveys/index.ts'
import { toldBy } from './effects/set-attribute.ts'
import { withCoupon } from './fill-coupon.ts'
import { knownFacts } from './known-facts.ts'
import { answerButtons, answerPostback, questionMessage } from './question.ts'
import { readAnswer } from './rules/answers.ts'
import { fillIn } from './rules/placeholders.ts'
import type { FlowText } from './rules/schema.ts'
import { isCommand, isSkip } from './rules/words.ts'
import { moveRun, openQuestion } from './run-flow.ts'
import { findRun, findRuns, type KeptRun, saveFacts } from './store.ts'
import { TEXTS } from './texts.ts'

/** What customers can do about flows: answer by tapping or typing, and take an answer back. */
export const flowLine: LineHandlers = {
  texts: { answer: answerByText },
  postbacks: [answerPostback.handler(answerByTap)],
  offer: openAnswers,
  unsend: (turn, cause) => forget(turn.work, turn.customer.id, cause)
}

/** A text that answers the open question is taken; anything else is left to the other features. */
async function answerByText(turn: LineTurn, text: string): Promise<boolean> {
  if (isCommand(text)) return false
  const open = await openQuestion(turn.work, turn.customer.id)
  if (!open) return false
  const { kept, flow, question } = open
  const { visit } = kept.run
  if (question.optional && isSkip(text)) {
    await moveRun(turn.work, kept, { type: 'answer', visit, value: undefined })
    return true
  }
  const reading = readAnswer(question, text)
  if (reading.kind === 'other') return false
  if (reading.kind === 'answer') {
    await moveRun(turn.work, kept, { type: 'answer', visit, value: reading.value })
    return true
  }
  const { locale, name } = turn.customer
  const retry: FlowText = question.retry ?? retryText(reading)
  const facts = { ...kept.run.facts, ...(await knownFacts(turn.work, flow, kept.customerId)) }
  const filling = { locale, customerName: nameFor(locale, name), facts }
  const filled = fillIn(flow, retry, await withCoupon(turn.work, { kept, filling }, retry))
  turn.say(questionMessage({ question, runId: kept.id, visit, locale }, filled))
  return true
}

function retryText({ min, max }: { min: number; max: number }): FlowText {
  return { ja: TEXTS.ja.outOfRange(min, max), en: TEXTS.en.outOfRange(min, max) }
}

/** The buttons of the question that waits for this customer's answer. */
async function openAnswers({ work, customer: { id, locale } }: LineTurn): Promise<LineAction[] | undefined> {
  const open = await openQuestion(work, id)
  const view = open && { question: open.question, runId: open.kept.id, visit: open.kept.run.visit, locale }
  const buttons = view ? answerButtons(view) : []
  return buttons.length > 0 ? buttons : undefined
}

interface Tapped {
  readonly run: string
  readonly visit: number
  readonly step: string
  readonly value: string | number | null
}

async function answerByTap(turn: LineTurn, { run, visit, step, value }: Tapped): Promise<void> {
  const { work, customer } = turn
  const kept = await findRun(work.tx, work.cipher, run)
  const texts = TEXTS[customer.locale]
  // A button forwarded by somebody else names a run that is not this customer's.
  if (kept?.customerId !== customer.id) return turn.say(textMessage(texts.closed))
  const verdict = await moveRun(work, kept, { type: 'answer', visit, value: value ?? undefined })
  if (verdict === 'taken') return
  turn.say(textMessage(Object.hasOwn(kept.run.facts, step) ? texts.answered : texts.closed))
}

/** Forgets what a message answered: in the survey, and in the runs that carry it, even those that are over. */
async function forget(work: Work, customerId: string, cause: string): Promise<void> {
  const withdrawn = await withdrawAnswers(work, customerId, cause)
  const runs = await findRuns(work.tx, work.cipher, customerId)
  await forgetToldBy(work.tx, customerId, [...new Set(runs.map(({ flow }) => toldBy(flow, cause)))])
  for (const kept of runs) {
    const given = Object.keys(kept.causes).filter((question) => kept.causes[question] === cause)
    const answered = withdrawn.filter((answer) => answer.runId === kept.id).map((answer) => answer.question)
    const gone = new Set([...given, ...answered])
    if (gone.size > 0) await saveFacts(work, without(kept, gone))
  }
}

function without(kept: KeptRun, questions: ReadonlySet<string>): KeptRun {
  const keep = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([question]) => !questions.has(question)))
  return { ...kept, run: { ...kept.run, facts: keep(kept.run.facts) }, causes: keep(kept.causes) }
}
