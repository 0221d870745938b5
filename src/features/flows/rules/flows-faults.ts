import type { Fault } from './faults.ts'
import { findStep, reachable } from './graph.ts'
import type { Flow, Step } from './schema.ts'

type Goto = Extract<Step, { do: 'goto' }>

/** What is wrong with a flow beside others; `flows` holds all of them, itself included. */
export function flowsFaults(flow: Flow, flows: readonly Flow[]): Fault[] {
  return [...nameFaults(flow, flows), ...gotoFaults(flow, flows)]
}

/** A customer is in a flow by its name: a survey and a scenario of one name could not be told apart. */
function nameFaults({ id, kind }: Flow, flows: readonly Flow[]): Fault[] {
  const other = flows.find((each) => each.id === id && each.kind !== kind)
  return other ? [{ path: ['id'], message: `a ${other.kind} is called "${id}" too: give one of them another id` }] : []
}

function gotoFaults(flow: Flow, flows: readonly Flow[]): Fault[] {
  const byId = new Map(flows.map((each) => [each.id, each]))
  return flow.steps.flatMap((step, index) => {
    if (step.do !== 'goto') return []
    const path = ['steps', index, 'flow']
    if (!byId.has(step.flow)) {
      const known = [...byId.keys()].filter((id) => id !== flow.id)
      return [
        { path, message: `there is no flow "${step.flow}": write one of ${known.join(', ') || 'those you make'}` }
      ]
    }
    if (!leadsBack(step, flow, byId)) return []
    const message = `from "${step.flow}" the way leads back here without a pause: put a wait or a question in between`
    return [{ path, message }]
  })
}

/** Whether a goto leads to itself with nothing in between that waits. */
function leadsBack(step: Goto, flow: Flow, flows: ReadonlyMap<string, Flow>): boolean {
  const seen = new Set<string>()
  const open = [step.flow]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const next = flows.get(id)
    if (!next || seen.has(id)) continue
    seen.add(id)
    const ahead = gotosAtOnce(next)
    if (id === flow.id && ahead.some((each) => each.id === step.id)) return true
    open.push(...ahead.map((each) => each.flow))
  }
  return false
}

/** The gotos that somebody who enters may come to without waiting. */
function gotosAtOnce(flow: Flow): Goto[] {
  const first = flow.steps[0]?.id ?? ''
  const passed = reachable(flow, first, (id) => {
    const step = findStep(flow, id)
    return step !== undefined && step.do !== 'ask' && step.do !== 'wait'
  })
  return [...passed].flatMap((id) => {
    const step = findStep(flow, id)
    return step?.do === 'goto' ? [step] : []
  })
}
