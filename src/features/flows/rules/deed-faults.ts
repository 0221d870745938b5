import type { Fault } from './faults.ts'
import type { Flow, FlowText, Step } from './schema.ts'
import { webhookFaults } from './webhook-faults.ts'

/** UTF-16 units that are read at a glance in a channel, and on a card; Slack takes 3,000. */
const NOTICE_MAX = 500
const TITLE_MAX = 100

/** What is wrong with a step that does something, by itself. */
export function deedFaults(flow: Flow, step: Step, path: Fault['path']): Fault[] {
  if (step.do === 'webhook') return webhookFaults(flow, step, path)
  if (step.do === 'notify') return lengthFaults(step.text, [...path, 'text'], NOTICE_MAX)
  if (step.do === 'give' && [step.stamp, step.coupon, step.points].filter((one) => one !== undefined).length !== 1)
    return [{ path, message: 'say what is given: "stamp: true", or "points: …", or "coupon: …" and the key of one' }]
  return step.do === 'follow_up' && step.title ? lengthFaults(step.title, [...path, 'title'], TITLE_MAX) : []
}

function lengthFaults(text: FlowText, path: Fault['path'], max: number): Fault[] {
  return (['ja', 'en'] as const)
    .filter((locale) => text[locale].length > max)
    .map((locale) => ({
      path: [...path, locale],
      message: `staff read this at a glance: write at most ${max} characters, not ${text[locale].length}`
    }))
}
