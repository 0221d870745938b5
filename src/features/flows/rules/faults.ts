import { graphemeCount } from '../../../core/text.ts'
import { choicesOf } from './choices.ts'
import { couponTextFaults } from './coupon-faults.ts'
import { deedFaults } from './deed-faults.ts'
import { experimentFaults } from './experiment-faults.ts'
import { EXIT, edges, goesOn, pauses, reachable } from './graph.ts'
import { placeholdersOf } from './placeholders.ts'
import { type Fault, referenceFaults } from './references.ts'
import { sayFaults } from './say-faults.ts'
import type { Ask, Flow, FlowText, Step } from './schema.ts'
import { entryFaults } from './trigger-faults.ts'

export type { Fault } from './references.ts'

/** LINE takes at most this many quick replies under a message. */
const MAX_QUICK_REPLIES = 13
/** Characters a person sees, on one quick reply. */
const MAX_LABEL = 20
/** UTF-16 units of a LINE text message. */
const MAX_TEXT = 5000
/** What a placeholder may grow to: a LINE display name has at most 100 characters here, plus its honorific. */
const PLACEHOLDER_ROOM = 110

/** Everything wrong with a flow that its schema can't state, in the order of the file. */
export function flowFaults(flow: Flow): Fault[] {
  return [
    ...idFaults(flow),
    ...targetFaults(flow),
    ...flow.steps.flatMap(stepFaults(flow)),
    ...referenceFaults(flow),
    ...couponTextFaults(flow),
    ...experimentFaults(flow),
    ...entryFaults(flow)
  ].sort(byPlace)
}

function byPlace(one: Fault, other: Fault): number {
  return placeOf(one) - placeOf(other)
}

/** What is not about a step comes first. */
function placeOf({ path: [part, step] }: Fault): number {
  return part === 'steps' ? Number(step) : -1
}

function idFaults({ steps }: Flow): Fault[] {
  return steps.flatMap(({ id }, index) => {
    const path = ['steps', index, 'id']
    if (id === EXIT) return [{ path, message: '"exit" is where a flow ends: give the step another id' }]
    const first = steps.findIndex((step) => step.id === id)
    return first < index ? [{ path, message: `step ${first + 1} is called "${id}" too: give one another id` }] : []
  })
}

function targetFaults(flow: Flow): Fault[] {
  const ids = flow.steps.map((step) => step.id)
  const unknown = edges(flow).filter(({ to }) => to !== EXIT && !ids.includes(to))
  const faults = unknown.map(({ to, path }) => ({
    path,
    message: `there is no step "${to}": write one of ${[...ids, EXIT].join(', ')}`
  }))
  // Unknown targets make more steps unreachable than there are; and two of a name can't be told apart.
  if (faults.length > 0 || new Set(ids).size < ids.length) return faults
  return [...unreachable(flow), ...endless(flow), ...unusedChoices(flow)]
}

function unreachable(flow: Flow): Fault[] {
  const reached = reachable(flow, flow.steps[0]?.id ?? EXIT, () => true)
  return flow.steps.flatMap(({ id }, index) =>
    reached.has(id)
      ? []
      : [{ path: ['steps', index, 'id'], message: `no way leads to "${id}": point a "next" to it or delete it` }]
  )
}

function endless(flow: Flow): Fault[] {
  const pausing = new Set(flow.steps.filter(pauses).map((step) => step.id))
  const inLoop = flow.steps.findIndex(({ id }) => {
    if (pausing.has(id)) return false
    const ways = edges(flow).filter((edge) => edge.from === id && !pausing.has(edge.to))
    return ways.some(({ to }) => to === id || reachable(flow, to, (step) => !pausing.has(step)).has(id))
  })
  if (inLoop < 0) return []
  const message = `from "${flow.steps[inLoop]?.id}" the flow goes round without a pause: put a wait or a question in between`
  return [{ path: ['steps', inLoop], message }]
}

function unusedChoices(flow: Flow): Fault[] {
  return flow.steps.flatMap((step, index) => {
    if (!goesOn(step) || !Array.isArray(step.next)) return []
    const otherwise = step.next.findIndex((choice) => !choice.when)
    if (otherwise < 0 || otherwise === step.next.length - 1) return []
    const path = ['steps', index, 'next', otherwise + 1]
    return [{ path, message: 'the line above takes everybody: put the one without "when" last' }]
  })
}

const stepFaults =
  (flow: Flow) =>
  (step: Step, index: number): Fault[] => {
    const path = ['steps', index]
    const texts = 'text' in step && step.text ? textFaults(step.text, [...path, 'text']) : []
    if (step.do === 'say') return [...texts, ...sayFaults(flow, step, path)]
    if (step.do === 'notify' || step.do === 'follow_up' || step.do === 'give') return deedFaults(step, path)
    if (step.do === 'wait') return waitFaults(step, path)
    if (step.do === 'ask') return [...texts, ...askFaults(flow, step, path)]
    if (step.do === 'tag' && step.add === undefined && step.remove === undefined)
      return [{ path, message: 'name the tag: "add: …" or "remove: …"' }]
    return texts
  }

function waitFaults(step: Extract<Step, { do: 'wait' }>, path: Fault['path']): Fault[] {
  if (step.until_time) return []
  if (step.until_weekday)
    return [{ path: [...path, 'until_weekday'], message: 'say at what time of these days: until_time: "10:00"' }]
  return step.for ? [] : [{ path, message: 'say how long: "for: 3d", or until when: until_time: "10:00"' }]
}

function textFaults(text: FlowText, path: Fault['path']): Fault[] {
  return (['ja', 'en'] as const).flatMap((locale) => {
    const length = text[locale].length + placeholdersOf(text[locale]).length * PLACEHOLDER_ROOM
    if (length <= MAX_TEXT) return []
    const message = `with its placeholders the text has up to ${length} characters, LINE takes ${MAX_TEXT}: shorten it or say it in two steps`
    return [{ path: [...path, locale], message }]
  })
}

function askFaults(flow: Flow, step: Ask, path: Fault['path']): Fault[] {
  const { answer } = step
  const faults: Fault[] = answer.type === 'choice' ? optionFaults(answer.options, [...path, 'answer', 'options']) : []
  if (!step.timeout)
    faults.push({
      path,
      message: `the question "${step.id}" has no time-out, a silent customer would wait for ever: add "timeout: { after: 3d, to: ${below(flow, step)} }"`
    })
  if (answer.type === 'scale' && answer.max <= answer.min)
    faults.push({ path: [...path, 'answer', 'max'], message: `write a number above min (${answer.min})` })
  const replies = choicesOf(step).length
  if (replies > MAX_QUICK_REPLIES)
    faults.push({
      path: [...path, 'answer'],
      message: `that makes ${replies} quick replies${step.optional ? ' with the one to skip' : ''}, LINE takes ${MAX_QUICK_REPLIES}: offer fewer`
    })
  if (step.measure) faults.push(...measureFaults(answer, step.measure, [...path, 'measure']))
  return faults
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

type Options = Extract<Ask['answer'], { type: 'choice' }>['options']

function optionFaults(options: Options, path: Fault['path']): Fault[] {
  return options.flatMap(({ value, label }, index) => {
    const long = (['ja', 'en'] as const).filter((locale) => graphemeCount(label[locale]) > MAX_LABEL)
    const faults: Fault[] = long.map((locale) => ({
      path: [...path, index, 'label', locale],
      message: `a label has at most ${MAX_LABEL} characters, this has ${graphemeCount(label[locale])}: shorten it`
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

function below(flow: Flow, step: Step): string {
  return flow.steps[flow.steps.indexOf(step) + 1]?.id ?? EXIT
}
