import { VARIANT } from './experiment.ts'
import { goesOn } from './graph.ts'
import { NAME_PLACEHOLDER, placeholdersOf } from './placeholders.ts'
import { saidTexts } from './say-texts.ts'
import type { Ask, Flow, FlowText, Step, Test, Value, When } from './schema.ts'

/** What is wrong at a place of the file, and what to write instead. */
export interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Faults of names that point to a question: in placeholders, conditions and follow-ups. */
export function referenceFaults(flow: Flow): Fault[] {
  const questions = new Map([
    ...variantOf(flow),
    ...flow.steps.flatMap((step) => (step.do === 'ask' ? [[step.id, step] as const] : []))
  ])
  return flow.steps.flatMap((step, index) => {
    const path = ['steps', index]
    return [
      ...textsOf(step).flatMap(([text, at]) => placeholderFaults(text, [...path, ...at], questions)),
      ...conditionsOf(step).flatMap(([when, at]) => conditionFaults(when, [...path, ...at], questions)),
      ...(step.do === 'follow_up'
        ? [...followUpFaults(step, path, questions), ...titleFaults(step, path, questions)]
        : [])
    ]
  })
}

type Question = Pick<Ask, 'id' | 'answer'>
type Questions = ReadonlyMap<string, Question>
type Path = Fault['path']

/** To conditions, a customer's variant is the answer to a question that nobody asks. */
function variantOf({ variants }: Flow): [string, Question][] {
  if (!variants) return []
  const options = Object.keys(variants).map((value) => ({ value, label: { ja: value, en: value } }))
  return [[VARIANT, { id: VARIANT, answer: { type: 'choice', options } }]]
}

function textsOf(step: Step): [FlowText, Path][] {
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

function placeholderFaults(text: FlowText, path: Path, questions: Questions): Fault[] {
  const fillable = [...questions.values()]
    .filter(({ id, answer }) => id !== VARIANT && answer.type !== 'text')
    .map(({ id }) => id)
  const known = [NAME_PLACEHOLDER, ...fillable]
  return (['ja', 'en'] as const).flatMap((locale) =>
    placeholdersOf(text[locale])
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: [...path, locale],
        message: questions.has(name)
          ? `{${name}} would repeat what the customer wrote: leave it out`
          : `{${name}} is unknown: write one of ${known.map((each) => `{${each}}`).join(', ')}`
      }))
  )
}

function conditionsOf(step: Step): [When, Path][] {
  if (!goesOn(step) || !Array.isArray(step.next)) return []
  return step.next.flatMap(({ when }, at): [When, Path][] => (when ? [[when, ['next', at, 'when']]] : []))
}

function conditionFaults(when: When, path: Path, questions: Questions): Fault[] {
  return Object.entries(when).flatMap(([name, test]) => {
    const at = [...path, name]
    const question = questions.get(name)
    if (!question) return [{ path: at, message: `there is no question "${name}": write one of ${names(questions)}` }]
    const wrong = valuesOf(test).find((value) => !couldBe(question, value))
    return wrong === undefined ? [] : [{ path: at, message: neverMessage(question, wrong) }]
  })
}

function valuesOf(test: Test): Value[] {
  if (typeof test !== 'object') return [test]
  const { answered: _, in: oneOf = [], ...bounds } = test
  return [...oneOf, ...Object.values(bounds)].filter((value) => value !== undefined)
}

function couldBe({ answer }: Question, value: Value): boolean {
  if (answer.type === 'scale') return typeof value === 'number'
  if (answer.type === 'choice') return answer.options.some((option) => option.value === value)
  return typeof value === 'string'
}

function neverMessage({ id, answer }: Question, value: Value): string {
  if (answer.type === 'scale') return `the answer to "${id}" is a number, never "${value}"`
  if (answer.type === 'choice')
    return `"${value}" is no answer to "${id}": write one of ${answer.options.map((option) => option.value).join(', ')}`
  return `the answer to "${id}" is a text: ask whether there is one with { answered: true }`
}

function followUpFaults(step: Extract<Step, { do: 'follow_up' }>, path: Path, questions: Questions): Fault[] {
  return (['score', 'words'] as const).flatMap((key) => {
    const type = key === 'score' ? 'scale' : 'text'
    const name = step[key]
    if (name === undefined || questions.get(name)?.answer.type === type) return []
    return [
      { path: [...path, key], message: `"${name}" is not a question of type ${type}: name one, or delete the line` }
    ]
  })
}

/** The customer may take an answer back: the title goes with the score, and with no other. */
function titleFaults({ title, score }: Extract<Step, { do: 'follow_up' }>, path: Path, questions: Questions): Fault[] {
  const shown = new Map([...questions].filter(([id]) => id === score))
  return title ? placeholderFaults(title, [...path, 'title'], shown) : []
}

function names(questions: Questions): string {
  return [...questions.keys()].join(', ') || 'the ids of the questions you ask'
}
