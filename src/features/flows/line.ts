import type { LineAction, LineHandlers, LineTurn } from '../../platform/line/index.ts'
import { answerByDay, answerByTap, decide, tick } from './answer-by-tap.ts'
import { answerByText } from './answer-by-text.ts'
import { answerButtons, answerPostback, dayPostback, decidePostback, tickPostback } from './question.ts'
import { openQuestion, viewOf } from './run-flow.ts'
import { takeBack } from './take-back.ts'

/** What customers can do about flows: answer by tapping or typing, and take an answer back. */
export const flowLine: LineHandlers = {
  texts: { answer: answerByText },
  postbacks: [
    answerPostback.handler(answerByTap),
    tickPostback.handler(tick),
    decidePostback.handler(decide),
    dayPostback.handler(answerByDay)
  ],
  offer: openAnswers,
  unsend: (turn, cause) => takeBack(turn.work, turn.customer.id, cause)
}

/** The buttons of the question that waits for this customer's answer. */
async function openAnswers({ work, customer: { id, locale } }: LineTurn): Promise<LineAction[] | undefined> {
  const open = await openQuestion(work, id)
  const buttons = open ? answerButtons(viewOf(work, open, locale)) : []
  return buttons.length > 0 ? buttons : undefined
}
