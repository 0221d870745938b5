import { HOLDOUT, VARIANT } from './experiment.ts'
import { goesOn } from './graph.ts'
import type { Fault } from './references.ts'
import type { Flow } from './schema.ts'

/** Faults of what a flow compares. */
export function experimentFaults(flow: Flow): Fault[] {
  const { holdout, variants, goal } = flow
  const faults: Fault[] = []
  if ((holdout || variants) && !goal)
    faults.push({
      path: [holdout ? 'holdout' : 'variants'],
      message: 'nothing says what to compare by: add "goal: { event: visit, within: 30d }"'
    })
  return variants ? [...faults, ...variantFaults(flow, Object.keys(variants))] : faults
}

function variantFaults(flow: Flow, names: readonly string[]): Fault[] {
  const path = ['variants']
  const faults: Fault[] = []
  if (names.length < 2) faults.push({ path, message: 'name two variants at least: { short: 1, long: 1 }' })
  if (names.includes(HOLDOUT))
    faults.push({ path: [...path, HOLDOUT], message: `"${HOLDOUT}" is for those who get nothing: call it otherwise` })
  const taken = flow.steps.findIndex(({ id }) => id === VARIANT)
  if (taken >= 0)
    faults.push({
      path: ['steps', taken, 'id'],
      message: `conditions ask for a customer's variant by "${VARIANT}": give the step another id`
    })
  if (!asksForVariant(flow))
    faults.push({
      path,
      message: `every variant would get the same: add a branch with { when: { ${VARIANT}: ${names[0]} }, to: … }`
    })
  return faults
}

function asksForVariant(flow: Flow): boolean {
  return flow.steps.some(
    (step) =>
      goesOn(step) &&
      Array.isArray(step.next) &&
      step.next.some(({ when }) => when !== undefined && Object.hasOwn(when, VARIANT))
  )
}
