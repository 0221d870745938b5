import type { Fact, Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { npsClass } from './rules/nps.ts'
import { saveAnswer } from './store.ts'

/** An answer a customer gave to a question of a survey. */
export interface NewAnswer {
  readonly customerId: string
  readonly survey: string
  /** The published version that asked. */
  readonly definitionId: string
  readonly runId: string
  readonly startedAt: Date
  readonly question: string
  /** Which waiting step of the run this was: the same question may be asked again. */
  readonly visit: number
  /** Several are a list. */
  readonly value: string | number | boolean | readonly string[]
  /** What the answer counts towards. */
  readonly measure: 'nps' | 'csat' | 'ces' | undefined
  /** A value of a choice or scale may stand in the fact; what is the customer's own (a text, a day) stays sealed. */
  readonly ownWords: boolean
}

/** Stores an answer, its text sealed, and records the fact "survey.answered" without that text. */
export async function recordAnswer(work: Work, answer: NewAnswer): Promise<void> {
  const { value, measure, question, survey } = answer
  const number = typeof value === 'number' ? value : undefined
  await saveAnswer(work, {
    ...answer,
    number,
    text: number === undefined ? String(value) : undefined,
    scores: measure !== undefined
  })
  await recordFact(work, {
    customerId: answer.customerId,
    name: 'survey.answered',
    at: work.now,
    source: 'flow',
    sourceId: `${answer.runId}:${answer.visit}`,
    properties: { survey, question, ...scoreProperties(number, measure), ...choiceProperty(answer) }
  })
}

function scoreProperties(number: number | undefined, measure: NewAnswer['measure']): Fact['properties'] {
  if (measure === undefined || number === undefined) return {}
  return { measure, score: number, ...(measure === 'nps' && { class: npsClass(number) }) }
}

function choiceProperty({ ownWords, measure, value }: NewAnswer): Fact['properties'] {
  // Several are written "taste,service": a property is one value.
  return ownWords || measure !== undefined ? {} : { value: typeof value === 'object' ? value.join(',') : value }
}
