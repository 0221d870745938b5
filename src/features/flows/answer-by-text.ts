import { dayOf } from '../../core/time.ts'
import type { LineTurn } from '../../platform/line/index.ts'
import { nameFor } from '../customers/index.ts'
import { withCoupon } from './fill-coupon.ts'
import { knownFacts } from './known-facts.ts'
import { questionMessage } from './question.ts'
import { type Nearly, readAnswer } from './rules/answers.ts'
import type { Known } from './rules/conditions.ts'
import { fillIn } from './rules/placeholders.ts'
import type { FlowText } from './rules/schema.ts'
import { isCommand, isDecide, isSkip } from './rules/words.ts'
import { moveRun, type OpenQuestion, openQuestion, viewOf } from './run-flow.ts'
import { nearlyTexts } from './texts.ts'

/** A text that answers the open question is taken; anything else is left to the other features. */
export async function answerByText(turn: LineTurn, text: string): Promise<boolean> {
  if (isCommand(text)) return false
  const open = await openQuestion(turn.work, turn.customer.id)
  if (!open) return false
  const { question } = open
  if (question.optional && isSkip(text)) return answer(turn, open, undefined)
  const reading = readAnswer(question, withTicked(open, text), dayOf(turn.work.now, turn.work.timeZone))
  if (reading.kind === 'other') return false
  if (reading.kind === 'answer') return answer(turn, open, reading.value)
  await askAgain(turn, open, reading)
  return true
}

/** What was ticked before counts as if it were typed as well. */
function withTicked({ question, kept: { ticked } }: OpenQuestion, text: string): string {
  if (question.answer.type !== 'multi_choice' || ticked.length === 0) return text
  return [...ticked, ...(isDecide(text) ? [] : [text])].join(',')
}

async function answer({ work }: LineTurn, { kept }: OpenQuestion, value: Known | undefined): Promise<true> {
  await moveRun(work, kept, { type: 'answer', visit: kept.run.visit, value })
  return true
}

/** Says kindly what can be answered, with the question's buttons: in the flow's own words, where it has some. */
export async function askAgain(turn: LineTurn, open: OpenQuestion, nearly: Nearly): Promise<void> {
  const { kept, flow, question } = open
  const { locale, name } = turn.customer
  const retry: FlowText = question.retry ?? nearlyTexts(nearly)
  const facts = { ...kept.run.facts, ...(await knownFacts(turn.work, flow, kept.customerId)) }
  const filling = { locale, customerName: nameFor(locale, name), facts }
  const filled = fillIn(flow, retry, await withCoupon(turn.work, { kept, filling }, retry))
  turn.say(questionMessage(viewOf(turn.work, open, locale), filled))
}
