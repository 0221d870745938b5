import { graphemeCount } from '../../../core/text.ts'
import { countOf } from './answers.ts'
import { choicesOf, TICK } from './choices.ts'
import { type DayAnswer, dayAt, isDay } from './days.ts'
import { EXIT } from './graph.ts'
import type { Option } from './options.ts'
import type { Fault } from './references.ts'
import type { Ask, Flow } from './schema.ts'

/** LINE takes at most this many quick replies under a message. */
const MAX_QUICK_REPLIES = 13
/** Characters a person sees, on one quick reply. */
const MAX_LABEL = 20

/** What is wrong with a question besides its text. */
export function askFaults(flow: Flow, step: Ask, path: Fault['path']): Fault[] {
  const { answer } = step
  const faults = answerFaults(answer, [...path, 'answer'])
  if (!step.timeout)
    faults.push({
      path,
      message: `the question "${step.id}" has no time-out, a silent customer would wait for ever: add "timeout: { after: 3d, to: ${below(flow, step)} }"`
    })
  const replies = mostReplies(step)
  if (replies > MAX_QUICK_REPLIES)
    faults.push({
      path: [...path, 'answer'],
      message: `that makes ${replies} quick replies${besides(step)}, LINE takes ${MAX_QUICK_REPLIES}: offer fewer`
    })
  if (step.measure) faults.push(...measureFaults(answer, step.measure, [...path, 'measure']))
  return faults
}

function answerFaults(answer: Ask['answer'], path: Fault['path']): Fault[] {
  switch (answer.type) {
    case 'scale':
      return answer.max > answer.min
        ? []
        : [{ path: [...path, 'max'], message: `write a number above min (${answer.min})` }]
    case 'choice':
      return optionFaults(answer.options, [...path, 'options'], MAX_LABEL)
    case 'multi_choice':
      // What is ticked has a mark before its label.
      return [
        ...optionFaults(answer.options, [...path, 'options'], MAX_LABEL - TICK.length),
        ...countFaults(answer, path)
      ]
    case 'date':
      return dayFaults(answer, path)
    case 'text':
      return []
  }
}

/** Several options have a button to decide as well, once enough of them are ticked. */
function mostReplies(step: Ask): number {
  const { answer } = step
  return choicesOf(step, answer.type === 'multi_choice' ? answer.options.map(({ value }) => value) : []).length
}

function besides({ answer, optional }: Ask): string {
  const others = [...(answer.type === 'multi_choice' ? ['to decide'] : []), ...(optional ? ['to skip'] : [])]
  return others.length > 0 ? ` with the one ${others.join(' and the one ')}` : ''
}

function countFaults(answer: Extract<Ask['answer'], { type: 'multi_choice' }>, path: Fault['path']): Fault[] {
  const { min, max } = countOf(answer)
  const { length } = answer.options
  if (max > length)
    return [{ path: [...path, 'max'], message: `there are only ${length} options: write at most ${length}` }]
  if (min > max) return [{ path: [...path, 'min'], message: `write at most max (${max})` }]
  return max === 1
    ? [{ path: [...path, 'max'], message: 'one of several is a choice: write type: choice, without min and max' }]
    : []
}

/** Any day will do to compare bounds by that are counted from it. */
const SOME_DAY = '2026-06-15'

function dayFaults(answer: DayAnswer, path: Fault['path']): Fault[] {
  const bounds = (['min', 'max', 'shows'] as const).filter((name) => answer[name] !== undefined)
  const odd = bounds.filter((name) => !isDay(dayAt(answer[name] ?? '', SOME_DAY)))
  if (odd.length > 0)
    return odd.map((name) => ({
      path: [...path, name],
      message: `"${answer[name]}" is no day that LINE's calendar has: write one from 1900-01-01 to 2100-12-31`
    }))
  const { min, max } = answer
  if (min === undefined || max === undefined || isDay(min) !== isDay(max)) return []
  if (dayAt(min, SOME_DAY) <= dayAt(max, SOME_DAY)) return []
  return [{ path: [...path, 'max'], message: `write a day that is not before min (${min})` }]
}

/** The scales on which the measures are asked everywhere, so that figures can be compared. */
const MEASURE_SCALES = {
  nps: { name: 'NPS', min: 0, max: 10 },
  csat: { name: 'CSAT', min: 1, max: 5 },
  ces: { name: 'CES', min: 1, max: 7 }
} as const satisfies Record<NonNullable<Ask['measure']>, { name: string; min: number; max: number }>

function measureFaults(answer: Ask['answer'], measure: NonNullable<Ask['measure']>, path: Fault['path']): Fault[] {
  const { name, min, max } = MEASURE_SCALES[measure]
  if (answer.type === 'scale' && answer.min === min && answer.max === max) return []
  return [{ path, message: `${name} is asked on a scale from ${min} to ${max}: set min: ${min}, max: ${max}` }]
}

function optionFaults(options: readonly Option[], path: Fault['path'], maxLabel: number): Fault[] {
  return options.flatMap(({ value, label }, index) => {
    const long = (['ja', 'en'] as const).filter((locale) => graphemeCount(label[locale]) > maxLabel)
    const faults: Fault[] = long.map((locale) => ({
      path: [...path, index, 'label', locale],
      message: `a label has at most ${maxLabel} characters, this has ${graphemeCount(label[locale])}: shorten it`
    }))
    const before = options.slice(0, index)
    if (before.some((option) => option.value === value))
      faults.push({
        path: [...path, index, 'value'],
        message: `"${value}" is offered twice: give each option its own value`
      })
    if (before.some((option) => option.label.ja === label.ja || option.label.en === label.en))
      faults.push({ path: [...path, index, 'label'], message: 'another option has this label: word them differently' })
    return faults
  })
}

function below(flow: Flow, step: Ask): string {
  return flow.steps[flow.steps.indexOf(step) + 1]?.id ?? EXIT
}
