import { isOfCustomer } from './customer-facts.ts'
import { goesOn } from './graph.ts'
import { placeholdersOf } from './placeholders.ts'
import { saidTexts } from './say-texts.ts'
import type { Flow, FlowText, Step, When } from './schema.ts'

type Path = readonly (string | number)[]

/** The texts of a step that may have placeholders, each with its place below the step. */
export function textsOf(step: Step): [FlowText, Path][] {
  if (step.do === 'say') return saidTexts(step).map(([text, at]) => [text, at])
  if (step.do === 'notify') return [[step.text, ['text']]]
  if (step.do !== 'ask') return []
  return step.retry
    ? [
        [step.text, ['text']],
        [step.retry, ['retry']]
      ]
    : [[step.text, ['text']]]
}

/** The conditions of a step, each with its place below the step. */
export function conditionsOf(step: Step): [When, Path][] {
  if (!goesOn(step) || !Array.isArray(step.next)) return []
  return step.next.flatMap(({ when }, at): [When, Path][] => (when ? [[when, ['next', at, 'when']]] : []))
}

/** What a flow asks about the customer, in conditions and texts: the names of facts, as they are written. */
export function customerFactsNamed({ steps }: Flow): ReadonlySet<string> {
  const titles = steps.flatMap((step) => (step.do === 'follow_up' && step.title ? [step.title] : []))
  const texts = [...steps.flatMap(textsOf).map(([text]) => text), ...titles]
  const inTexts = texts.flatMap(({ ja, en }) => [ja, en].flatMap(placeholdersOf))
  const inConditions = steps.flatMap(conditionsOf).flatMap(([when]) => Object.keys(when))
  return new Set([...inTexts, ...inConditions].filter(isOfCustomer))
}
