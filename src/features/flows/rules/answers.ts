import { comparable } from '../../../core/text.ts'
import type { Ask, Flow, Value } from './schema.ts'

/** What a typed text is to a question: an answer, a number outside the scale, or something else altogether. */
export type Reading =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'out_of_range'; readonly min: number; readonly max: number }
  | { readonly kind: 'other' }

/** Whether a value can be the answer to a question. */
export function fits(question: Ask, value: Value): boolean {
  const { answer } = question
  if (answer.type === 'scale') return inScale(answer, value)
  if (answer.type === 'choice') return answer.options.some((option) => option.value === value)
  return typeof value === 'string' && /\S/.test(value)
}

/** Reads a typed text as the answer to a question: "8", "８", "8点", " 8 ", "八", "8😊"; a choice by its label in either language. */
export function readAnswer(question: Ask, text: string): Reading {
  const { answer } = question
  if (answer.type === 'scale') return readScale(text, answer)
  if (answer.type === 'choice') {
    const said = comparable(text)
    const chosen = answer.options.find(({ value, label }) => [value, label.ja, label.en].map(comparable).includes(said))
    return chosen ? { kind: 'answer', value: chosen.value } : { kind: 'other' }
  }
  return /\S/.test(text) ? { kind: 'answer', value: text.trim() } : { kind: 'other' }
}

/** Whether a text is taken by the first question of a flow: as its answer, or as a number to ask again about. */
export function isAnswerTo(flow: Flow, text: string): boolean {
  const question = flow.steps.find((step) => step.do === 'ask')
  return question !== undefined && readAnswer(question, text).kind !== 'other'
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

function inScale({ min, max }: { min: number; max: number }, value: Value): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
