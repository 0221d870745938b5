import type { Fault } from './faults.ts'
import { findStep, givesCoupon, reachable } from './graph.ts'
import { textsOf } from './named.ts'
import { COUPON_PLACEHOLDERS, placeholdersOf } from './placeholders.ts'
import type { Flow, FlowText } from './schema.ts'

/** Texts that say something about a coupon to somebody who may have got none, or to staff. */
export function couponTextFaults(flow: Flow): Fault[] {
  const emptyHanded = reachable(flow, flow.steps[0]?.id ?? '', (id) => {
    const step = findStep(flow, id)
    return step !== undefined && !givesCoupon(step)
  })
  return flow.steps.flatMap((step, index) => {
    const path = ['steps', index]
    if (step.do === 'say' || step.do === 'ask')
      return emptyHanded.has(step.id)
        ? textsOf(step).flatMap(([text, at]) => faultsIn(text, [...path, ...at], EARLY))
        : []
    if (step.do === 'notify') return faultsIn(step.text, [...path, 'text'], STAFF)
    return step.do === 'follow_up' && step.title ? faultsIn(step.title, [...path, 'title'], STAFF) : []
  })
}

const EARLY = 'not everybody who comes here has got a coupon: put a "do: give" with one on every way before it'
const STAFF = 'only the customer is told about the coupon: leave it out'

function faultsIn(text: FlowText, path: Fault['path'], message: string): Fault[] {
  return (['ja', 'en'] as const).flatMap((locale) => {
    const name = placeholdersOf(text[locale]).find((each) => COUPON_PLACEHOLDERS.includes(each))
    return name ? [{ path: [...path, locale], message: `{${name}}: ${message}` }] : []
  })
}

/** Coupons that a flow gives and that there are not. */
export function unknownCoupons(flow: Flow, keys: readonly string[]): Fault[] {
  return flow.steps.flatMap((step, index) => {
    if (step.do !== 'give' || step.coupon === undefined || keys.includes(step.coupon)) return []
    const known = keys.length > 0 ? `write one of ${keys.join(', ')}, or ` : ''
    const message = `there is no coupon "${step.coupon}": ${known}make flows/loyalty/coupons/${step.coupon}.yaml`
    return [{ path: ['steps', index, 'coupon'], message }]
  })
}
