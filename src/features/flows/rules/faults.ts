import { askFaults } from './ask-faults.ts'
import { couponTextFaults } from './coupon-faults.ts'
import { deedFaults } from './deed-faults.ts'
import { experimentFaults } from './experiment-faults.ts'
import { EXIT, edges, goesOn, pauses, reachable } from './graph.ts'
import { placeholdersOf } from './placeholders.ts'
import { type Fault, referenceFaults } from './references.ts'
import { sayFaults } from './say-faults.ts'
import type { Flow, FlowText, Step } from './schema.ts'
import { entryFaults } from './trigger-faults.ts'

export type { Fault } from './references.ts'

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

const DEEDS: ReadonlySet<Step['do']> = new Set(['notify', 'follow_up', 'give', 'webhook'])

const stepFaults =
  (flow: Flow) =>
  (step: Step, index: number): Fault[] => {
    const path = ['steps', index]
    const texts = 'text' in step && step.text ? textFaults(step.text, [...path, 'text']) : []
    if (step.do === 'say') return [...texts, ...sayFaults(flow, step, path)]
    if (DEEDS.has(step.do)) return deedFaults(flow, step, path)
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
