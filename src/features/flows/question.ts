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
import type { Ask, Value } from './rules/schema.ts'
import { TEXTS } from './texts.ts'

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
  const actions = actionsOf(view)
  return actions.length > 0 ? withQuickReplies(message, actions) : message
}

function actionsOf(view: QuestionView): LineAction[] {
  const { question, locale } = view
  const action = (label: string, value: Value | null, displayText = label) =>
    postbackAction({ label, displayText, data: dataOf(view, value) })
  const skip = question.optional ? [action(TEXTS[locale].skip, null)] : []
  const { answer } = question
  if (answer.type === 'text') return skip
  if (answer.type === 'choice')
    return [...answer.options.map(({ value, label }) => action(label[locale], value)), ...skip]
  const scores = Array.from({ length: answer.max - answer.min + 1 }, (_, at) => answer.min + at)
  return [...scores.map((score) => action(String(score), score, TEXTS[locale].points(score))), ...skip]
}

function dataOf({ runId, visit, question }: QuestionView, value: Value | null): string {
  return answerPostback.encode({
    run: runId,
    visit,
    step: question.id,
    value: typeof value === 'boolean' ? null : value
  })
}
