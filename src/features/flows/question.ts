import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import {
  dayPickerAction,
  definePostback,
  fitText,
  type LineAction,
  type LineMessage,
  postbackAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { type AnswerChoice, choicesOf } from './rules/choices.ts'
import { spanOf } from './rules/days.ts'
import type { Ask } from './rules/schema.ts'

/** Which question of which run: `visit` tells an old question from the open one. */
const Asked = z.object({ run: z.uuid(), visit: z.int().min(1), step: z.string() })
export type Asked = z.infer<typeof Asked>

/** A tapped answer; null = skipped. */
export const answerPostback = definePostback(
  'flow.answer',
  Asked.extend({ value: z.union([z.string(), z.number(), z.null()]) })
)
/** One of several options: says what is to hold then, so that a tap that comes twice means the same. */
export const tickPostback = definePostback('flow.tick', Asked.extend({ value: z.string(), on: z.boolean() }))
/** What is ticked is the answer. */
export const decidePostback = definePostback('flow.decide', Asked)
/** A day that was picked in LINE's calendar. */
export const dayPostback = definePostback('flow.day', Asked)

export interface QuestionView {
  readonly question: Ask
  readonly runId: string
  readonly visit: number
  readonly locale: Locale
  /** The options chosen so far, of several. */
  readonly ticked: readonly string[]
  /** The business day. */
  readonly today: string
}

/** A text with the question's answers as buttons: the question itself, or a second try at it. */
export function questionMessage(view: QuestionView, text: string): LineMessage {
  const message = textMessage(fitText(text))
  const buttons = answerButtons(view)
  return buttons.length > 0 ? withQuickReplies(message, buttons) : message
}

/** The answers to a question as buttons, at most 13; none under a free text that can't be skipped. */
export function answerButtons(view: QuestionView): LineAction[] {
  return choicesOf(view.question, view.ticked).flatMap((choice) => buttonOf(choice, view) ?? [])
}

function buttonOf({ label, said, tap }: AnswerChoice, view: QuestionView): LineAction | undefined {
  const { question, locale } = view
  const asked = { run: view.runId, visit: view.visit, step: question.id }
  const shown = { label: label[locale], displayText: said[locale] }
  switch (tap.do) {
    case 'answer':
      return postbackAction({ ...shown, data: answerPostback.encode({ ...asked, value: tap.value ?? null }) })
    case 'tick':
      return postbackAction({ ...shown, data: tickPostback.encode({ ...asked, value: tap.value, on: tap.on }) })
    case 'decide':
      return postbackAction({ ...shown, data: decidePostback.encode(asked) })
    case 'pick_day':
      return calendarButton(shown.label, dayPostback.encode(asked), view)
  }
}

/** None when there is nothing to pick from: the day can be typed. */
function calendarButton(label: string, data: string, { question, today }: QuestionView): LineAction | undefined {
  if (question.answer.type !== 'date') return undefined
  const { from, until, shows } = spanOf(question.answer, today)
  return from < until ? dayPickerAction({ label, data, min: from, max: until, initial: shows }) : undefined
}
