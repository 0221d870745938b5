import type { Fault } from './faults.ts'
import type { Step } from './schema.ts'

/** UTF-16 units that are read at a glance in a channel; Slack takes 3,000. */
const NOTICE_MAX = 500

/** What is wrong with a step that does something, by itself. */
export function deedFaults(step: Step, path: Fault['path']): Fault[] {
  if (step.do !== 'notify') return []
  return (['ja', 'en'] as const).flatMap((locale) =>
    step.text[locale].length <= NOTICE_MAX
      ? []
      : [
          {
            path: [...path, 'text', locale],
            message: `staff read this at a glance: write at most ${NOTICE_MAX} characters, not ${step.text[locale].length}`
          }
        ]
  )
}
