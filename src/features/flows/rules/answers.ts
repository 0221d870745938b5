import { comparable } from '../../../core/text.ts'
import type { Known } from './conditions.ts'
import { isDay, readDay, spanOf } from './days.ts'
import { readOptions } from './options.ts'
import type { Ask, Flow } from './schema.ts'

/** What a typed text is to a question: an answer, nearly one, or something else altogether. */
export type Reading = { readonly kind: 'answer'; readonly value: Known } | Nearly | { readonly kind: 'other' }

/** An answer that the question can't take as it is. */
export type Nearly =
  | { readonly kind: 'out_of_range'; readonly min: number; readonly max: number }
  | { readonly kind: 'wrong_count'; readonly min: number; readonly max: number }
  | { readonly kind: 'wrong_day'; readonly from: string; readonly until: string }
  | { readonly kind: 'needs_year' }

/** Whether a value can be the answer to a question. Which days are taken is looked at when one is told: see readAnswer. */
export function fits({ answer }: Ask, value: Known): boolean {
  switch (answer.type) {
    case 'scale':
      return inScale(answer, value)
    case 'choice':
      return answer.options.some((option) => option.value === value)
    case 'multi_choice':
      return typeof value === 'object' && areOptions(answer, value)
    case 'date':
      return typeof value === 'string' && isDay(value)
    case 'text':
      return typeof value === 'string' && /\S/.test(value)
  }
}

/**
 * Reads a typed text as the answer to a question: "8", "８", "8点", " 8 ", "八", "8😊"; a choice by its label in either
 * language, several with anything between them; a day as 2026-11-28, 11/28, 11月28日, あした. `today` is the business day.
 */
export function readAnswer({ answer }: Ask, text: string, today: string): Reading {
  switch (answer.type) {
    case 'scale':
      return readScale(text, answer)
    case 'choice': {
      const said = comparable(text)
      const chosen = answer.options.find(({ value, label }) =>
        [value, label.ja, label.en].map(comparable).includes(said)
      )
      return chosen ? { kind: 'answer', value: chosen.value } : { kind: 'other' }
    }
    case 'multi_choice':
      return readSeveral(text, answer)
    case 'date':
      return readDate(text, answer, today)
    case 'text':
      return /\S/.test(text) ? { kind: 'answer', value: text.trim() } : { kind: 'other' }
  }
}

/** Whether an answer is personal: a free text, and a day, which may be their birthday. It is kept sealed, and nowhere else. */
export function isOwnWord({ answer }: Ask): boolean {
  return answer.type === 'text' || answer.type === 'date'
}

/** Whether a text is taken by the first question of a flow: as its answer, or as one to ask again about. */
export function isAnswerTo(flow: Flow, text: string, today: string): boolean {
  const question = flow.steps.find((step) => step.do === 'ask')
  return question !== undefined && readAnswer(question, text, today).kind !== 'other'
}

type Several = Extract<Ask['answer'], { type: 'multi_choice' }>

/** How many options a question takes. */
export function countOf({ options, min = 1, max = options.length }: Several): { min: number; max: number } {
  return { min, max }
}

function areOptions(answer: Several, values: readonly string[]): boolean {
  const { min, max } = countOf(answer)
  const known = answer.options.filter(({ value }) => values.includes(value)).length
  return known === values.length && known >= min && known <= max
}

function readSeveral(text: string, answer: Several): Reading {
  const value = readOptions(text, answer.options)
  if (!value) return { kind: 'other' }
  return areOptions(answer, value) ? { kind: 'answer', value } : { kind: 'wrong_count', ...countOf(answer) }
}

function readDate(text: string, answer: Extract<Ask['answer'], { type: 'date' }>, today: string): Reading {
  const said = readDay(comparable(text), answer, today)
  if (said.kind === 'day') return { kind: 'answer', value: said.day }
  if (said.kind === 'none') return { kind: 'other' }
  if (said.kind === 'needs_year') return { kind: 'needs_year' }
  const { from, until } = spanOf(answer, today)
  return { kind: 'wrong_day', from, until }
}

const KANJI = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
// NFKC leaves the two marks of a keycap emoji such as 8️⃣ behind its digit.
const KEYCAP_MARKS = /[\ufe0f\u20e3]/gu
/** Decoration: "8😊", "８♪". Digits are no pictographs. */
const PICTURES = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|[♪☆★]/gu
const NUMBER = /^([-−]?\d{1,6}(?:\.\d+)?)\s*(?:点|てん|points?|pts?|です|かな|ぐらい|くらい|ね)*\s*[。.!〜~]*$/

function readScale(text: string, scale: { min: number; max: number }): Reading {
  const said = comparable(text)
    .replace(KEYCAP_MARKS, '')
    .replace('🔟', '10')
    .replace(PICTURES, ' ')
    .trim()
    .replace(/^零/, '〇')
  const kanji = KANJI.indexOf(said.replace(/点|てん|です/g, ''))
  const digits = NUMBER.exec(said)?.[1]?.replace('−', '-')
  const value = kanji >= 0 ? kanji : digits === undefined ? undefined : numberOf(digits)
  if (value === undefined) return { kind: 'other' }
  const { min, max } = scale
  return inScale(scale, value) ? { kind: 'answer', value } : { kind: 'out_of_range', min, max }
}

/** "-0" is 0, which equals it but is not told apart from it everywhere. */
function numberOf(digits: string): number {
  return Number(digits) || 0
}

function inScale({ min, max }: { min: number; max: number }, value: Known): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
