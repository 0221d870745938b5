import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import {
  definePostback,
  fitText,
  type LineAction,
  type LineMessage,
  postbackAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { choicesOf } from './rules/choices.ts'
import type { Ask } from './rules/schema.ts'

/** A tapped answer; null = skipped. `visit` tells an old question from the open one. */
export const answerPostback = definePostback(
  'flow.answer',
  z.object({
    run: z.uuid(),
    visit: z.int().min(1),
    step: z.string(),
    value: z.union([z.string(), z.number(), z.null()])
  })
)

export interface QuestionView {
  readonly question: Ask
  readonly runId: string
  readonly visit: number
  readonly locale: Locale
}

/** A text with the question's answers as buttons: the question itself, or a second try at it. */
export function questionMessage(view: QuestionView, text: string): LineMessage {
  const message = textMessage(fitText(text))
  const buttons = answerButtons(view)
  return buttons.length > 0 ? withQuickReplies(message, buttons) : message
}

/** The answers to a question as buttons, at most 13; none under a free text that can't be skipped. */
export function answerButtons({ question, runId, visit, locale }: QuestionView): LineAction[] {
  return choicesOf(question).map(({ label, said, value = null }) =>
    postbackAction({
      label: label[locale],
      displayText: said[locale],
      data: answerPostback.encode({ run: runId, visit, step: question.id, value })
    })
  )
}
