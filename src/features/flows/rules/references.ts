import { factConditionFault, factPlaceholderFault, valuesOf } from './customer-fact-faults.ts'
import { isOfCustomer } from './customer-facts.ts'
import { isDay } from './days.ts'
import { VARIANT } from './experiment.ts'
import { conditionsOf, textsOf } from './named.ts'
import { COUPON_PLACEHOLDERS, NAME_PLACEHOLDER, type Placeholder, placeholdersIn } from './placeholders.ts'
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

function placeholderFaults(text: FlowText, path: Path, questions: Questions): Fault[] {
  return (['ja', 'en'] as const).flatMap((locale) =>
    placeholdersIn(text[locale]).flatMap((placeholder) => {
      const message = placeholderFault(placeholder, questions)
      return message === undefined ? [] : [{ path: [...path, locale], message }]
    })
  )
}

function placeholderFault(placeholder: Placeholder, questions: Questions): string | undefined {
  const { name } = placeholder
  if (name === NAME_PLACEHOLDER || COUPON_PLACEHOLDERS.includes(name)) return undefined
  if (isOfCustomer(name)) return factPlaceholderFault(placeholder)
  const fillable = [...questions.values()].filter(({ id, answer }) => id !== VARIANT && answer.type !== 'text')
  if (fillable.some(({ id }) => id === name)) return undefined
  if (questions.has(name)) return `{${name}} would repeat what the customer wrote: leave it out`
  const known = [NAME_PLACEHOLDER, ...fillable.map(({ id }) => id), 'customer.visits']
  return `{${name}} is unknown: write one of ${known.map((each) => `{${each}}`).join(', ')} …`
}

function conditionFaults(when: When, path: Path, questions: Questions): Fault[] {
  return Object.entries(when).flatMap(([name, test]) => {
    const message = isOfCustomer(name) ? factConditionFault(name, test) : answerFault(name, test, questions)
    return message === undefined ? [] : [{ path: [...path, name], message }]
  })
}

function answerFault(name: string, test: Test, questions: Questions): string | undefined {
  const question = questions.get(name)
  if (!question) return `there is no question "${name}": write one of ${names(questions)}, customer.visits …`
  if (question.answer.type === 'multi_choice' && !asksAList(test))
    return `the answer to "${name}" is a list: ask what is in it with { includes: ${question.answer.options[0]?.value} }`
  if (question.answer.type !== 'multi_choice' && typeof test === 'object' && test.includes !== undefined)
    return `the answer to "${name}" is no list: write what it should be instead of "includes"`
  const wrong = valuesOf(test).find((value) => !couldBe(question, value))
  return wrong === undefined ? undefined : neverMessage(question, wrong)
}

/** Of a list nothing can be told but what is in it, and whether there is one. */
function asksAList(test: Test): boolean {
  return typeof test === 'object' && Object.keys(test).every((key) => key === 'includes' || key === 'answered')
}

function couldBe({ answer }: Question, value: Value): boolean {
  if (answer.type === 'scale') return typeof value === 'number'
  if (answer.type === 'date') return typeof value === 'string' && isDay(value)
  if (answer.type !== 'text') return answer.options.some((option) => option.value === value)
  return typeof value === 'string'
}

function neverMessage({ id, answer }: Question, value: Value): string {
  if (answer.type === 'scale') return `the answer to "${id}" is a number, never "${value}"`
  if (answer.type === 'date') return `the answer to "${id}" is a day, never "${value}": write it as 2026-11-28`
  if (answer.type !== 'text')
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
