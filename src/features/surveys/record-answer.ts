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
  readonly value: string | number | boolean
  /** What the answer counts towards. */
  readonly measure: 'nps' | 'csat' | 'ces' | undefined
  /** A value of a choice or scale may stand in the fact; free text stays sealed. */
  readonly freeText: boolean
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

function choiceProperty({ freeText, measure, value }: NewAnswer): Fact['properties'] {
  return freeText || measure !== undefined ? {} : { value }
}
