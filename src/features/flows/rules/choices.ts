import type { Ask, FlowText } from './schema.ts'

/** A button under a question; undefined = skips it. */
export interface AnswerChoice {
  readonly label: FlowText
  readonly value: string | number | undefined
  /** What appears in the chat when it is tapped. */
  readonly said: FlowText
}

const SKIP: FlowText = { ja: 'スキップ', en: 'Skip' }

/** The buttons under a question, in order; none under a free text that can't be skipped. */
export function choicesOf({ answer, optional }: Ask): AnswerChoice[] {
  const skip = optional ? [{ label: SKIP, value: undefined, said: SKIP }] : []
  if (answer.type === 'text') return skip
  if (answer.type === 'choice') return [...answer.options.map((option) => ({ ...option, said: option.label })), ...skip]
  const { min, max } = answer
  return [...Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => scoreChoice(min + at)), ...skip]
}

function scoreChoice(score: number): AnswerChoice {
  const label = { ja: String(score), en: String(score) }
  return { label, value: score, said: { ...label, ja: `${score}点` } }
}
