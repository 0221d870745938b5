import { countOf } from './answers.ts'
import type { Ask, FlowText } from './schema.ts'

/** A button under a question. */
export interface AnswerChoice {
  readonly label: FlowText
  /** What appears in the chat when it is tapped; a picked day does not. */
  readonly said: FlowText
  readonly tap: Tap
}

/** What a tap does: it answers (undefined = skips), ticks one of several, decides on those ticked, or opens the calendar. */
export type Tap =
  | { readonly do: 'answer'; readonly value: string | number | undefined }
  | { readonly do: 'tick'; readonly value: string; readonly on: boolean }
  | { readonly do: 'decide' }
  | { readonly do: 'pick_day' }

const SKIP: FlowText = { ja: 'スキップ', en: 'Skip' }
/** Ends the choice among several. */
export const DECIDE: FlowText = { ja: '決定', en: 'Done' }
const PICK_DAY: FlowText = { ja: '日付を選ぶ', en: 'Pick a date' }
/** Stands before the label of what is ticked. */
export const TICK = '✓ '

/** The buttons under a question, in order; `ticked` are those chosen so far. None under a free text that can't be skipped. */
export function choicesOf({ answer, optional }: Ask, ticked: readonly string[] = []): AnswerChoice[] {
  const skip = optional ? [button(SKIP, { do: 'answer', value: undefined })] : []
  switch (answer.type) {
    case 'text':
      return skip
    case 'choice':
      return [...answer.options.map(({ label, value }) => button(label, { do: 'answer', value })), ...skip]
    case 'multi_choice':
      return [...severalChoices(answer, ticked), ...skip]
    case 'date':
      return [button(PICK_DAY, { do: 'pick_day' }), ...skip]
    case 'scale': {
      const { min, max } = answer
      return [...Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => scoreChoice(min + at)), ...skip]
    }
  }
}

function button(label: FlowText, tap: Tap): AnswerChoice {
  return { label, said: label, tap }
}

function scoreChoice(score: number): AnswerChoice {
  const label = { ja: String(score), en: String(score) }
  return { label, said: { ...label, ja: `${score}点` }, tap: { do: 'answer', value: score } }
}

type Several = Extract<Ask['answer'], { type: 'multi_choice' }>

/** The way on stands first, where it is seen, as soon as enough is ticked. */
function severalChoices(answer: Several, ticked: readonly string[]): AnswerChoice[] {
  const options = answer.options.map(({ label, value }): AnswerChoice => {
    const on = !ticked.includes(value)
    return on ? button(label, { do: 'tick', value, on }) : { ...untick(label), tap: { do: 'tick', value, on } }
  })
  return ticked.length >= countOf(answer).min ? [button(DECIDE, { do: 'decide' }), ...options] : options
}

function untick({ ja, en }: FlowText): Pick<AnswerChoice, 'label' | 'said'> {
  return { label: { ja: `${TICK}${ja}`, en: `${TICK}${en}` }, said: { ja: `「${ja}」を外す`, en: `Not “${en}”` } }
}
