import type { Facts } from './conditions.ts'
import { choose } from './conditions.ts'
import type { Flow, Next, Step, When } from './schema.ts'

/** The target that ends a run. */
export const EXIT = 'exit'

/** One way from a step to another. `path` is where the file says so, below the flow; empty for "the step below". */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly path: readonly (string | number)[]
}

/** Whether a run stops at this step until something happens. */
export function pauses(step: Step): step is Extract<Step, { do: 'ask' | 'wait' }> {
  return step.do === 'ask' || step.do === 'wait'
}

/** Whether a run goes on in this flow after the step. */
export function goesOn(step: Step): step is Exclude<Step, { do: 'exit' | 'goto' }> {
  return step.do !== 'exit' && step.do !== 'goto'
}

/** Whether everybody who passes the step has got a coupon. */
export function givesCoupon(step: Step): boolean {
  return step.do === 'give' && step.coupon !== undefined
}

export function findStep(flow: Flow, id: string): Step | undefined {
  return flow.steps.find((step) => step.id === id)
}

/** Where a run goes on after a step. */
export function after(flow: Flow, step: Step, facts: Facts): string {
  if (!goesOn(step)) return EXIT
  return choose(step.next, facts) ?? below(flow, flow.steps.indexOf(step))
}

/** Every edge, in the order in which they are tried. */
export function edges(flow: Flow): Edge[] {
  return flow.steps.flatMap((step, index) => {
    const path = ['steps', index]
    const edge = (to: string, label: string, ...at: (string | number)[]): Edge => ({
      from: step.id,
      to,
      label,
      path: at.length > 0 ? [...path, ...at] : []
    })
    if (!goesOn(step)) return [edge(EXIT, '')]
    return [...waitingEdges(step, edge), ...nextEdges(step.next, below(flow, index), edge)]
  })
}

type MakeEdge = (to: string, label: string, ...at: (string | number)[]) => Edge

function waitingEdges(step: Step, edge: MakeEdge): Edge[] {
  if (step.do === 'ask' && step.timeout)
    return [edge(step.timeout.to, `silent for ${step.timeout.after}`, 'timeout', 'to')]
  if (step.do === 'wait' && step.until) {
    const { to, event, where = {} } = step.until
    return [edge(to, [event, conditionLabel(where)].filter(Boolean).join(': '), 'until', 'to')]
  }
  return []
}

function nextEdges(next: Next | undefined, below: string, edge: MakeEdge): Edge[] {
  if (next === undefined) return [edge(below, '')]
  if (!Array.isArray(next)) return [edge(next, '', 'next')]
  const chosen = next.map(({ when, to }, at) => edge(to, when ? conditionLabel(when) : 'else', 'next', at, 'to'))
  return next.every((choice) => choice.when) ? [...chosen, edge(below, 'else')] : chosen
}

/** The steps that can be come to from one, by ways that go `through` every step on them. */
export function reachable(flow: Flow, from: string, through: (id: string) => boolean): Set<string> {
  const all = edges(flow)
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || !through(id)) continue
    seen.add(id)
    for (const edge of all) if (edge.from === id) open.push(edge.to)
  }
  return seen
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' },
  ...{ in: 'in', includes: '∋' }
}

function conditionLabel(when: When): string {
  return Object.entries(when)
    .flatMap(([name, test]) =>
      typeof test === 'object'
        ? Object.entries(test).map(([sign, bound]) =>
            sign === 'answered' ? `${name} ${bound ? 'answered' : 'not answered'}` : `${name} ${SIGNS[sign]} ${bound}`
          )
        : [`${name} = ${test}`]
    )
    .join(', ')
}

function below(flow: Flow, index: number): string {
  return flow.steps[index + 1]?.id ?? EXIT
}
