import { z } from 'zod'
import { Goal, Holdout, Variants } from './schema/experiment.ts'
import { Step } from './schema/step.ts'
import { Trigger } from './schema/trigger.ts'
import { Id, Text } from './schema/words.ts'

export type { Deed } from './schema/deeds.ts'
export type { SayButton, SayCard, SayStep } from './schema/say.ts'
export type { Ask, FollowUpStep, Step } from './schema/step.ts'
export type { Trigger } from './schema/trigger.ts'
export type { FlowText, Next, Test, Value, When } from './schema/words.ts'

/** The format of a file under flows/surveys and flows/scenarios. flows/flow.schema.json is made from it. */

/** The first goes first. */
export const PRIORITIES = ['high', 'normal', 'low'] as const

/** A survey or scenario as a shop writes it. Faults that no schema can state: faults.ts. */
export const Flow = z.strictObject({
  id: Id,
  name: Text.optional().meta({ description: 'What staff call it. Without one they read its id.' }),
  kind: z.enum(['survey', 'scenario']),
  consent: z
    .enum(['service', 'research', 'marketing'])
    .meta({ description: 'The purpose for which the customer is written to.' }),
  coupon: z
    .boolean()
    .optional()
    .meta({ description: 'It brings a coupon: customers who want only coupons are written to as well.' }),
  utm: z
    .boolean()
    .optional()
    .meta({ description: 'false: addresses that buttons open do not say which campaign it was (utm_…).' }),
  trigger: Trigger,
  priority: z
    .enum(PRIORITIES)
    .optional()
    .meta({ description: 'Which of several flows goes first when they start at one moment; normal when left out.' }),
  max_active: z.int().min(1).max(20).optional().meta({
    description:
      'Nobody enters this scenario who is in so many already, 3 when left out. Scenarios of service are let in always, and not counted.'
  }),
  goal: Goal.optional(),
  holdout: Holdout.optional(),
  variants: Variants.optional(),
  steps: z.array(Step).min(1)
})

export type Flow = z.infer<typeof Flow>

/** The JSON Schema that editors use for completion and checks. */
export function flowJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(Flow, { io: 'input', reused: 'ref' }), title: 'A survey or scenario of Matane' }
}
