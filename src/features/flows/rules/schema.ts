import { z } from 'zod'
import { DURATION } from '../../../core/time.ts'
import { EVENTS } from './events.ts'

/** The format of a file under flows/surveys and flows/scenarios. flows/flow.schema.json is made from it. */

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'use small letters, digits and "_", a letter first, at most 40, such as thank_you')
  .meta({ description: 'A name: small letters, digits and _.' })

const Duration = z
  .string()
  .regex(DURATION, 'write a duration as 30m, 12h or 3d')
  .meta({ description: 'How long: 30m, 12h or 3d.' })

const Words = z.string().regex(/\S/, 'write a text here, it is empty')

const Text = z.strictObject({ ja: Words, en: Words }).meta({
  description:
    'What the customer reads, in Japanese and English. {customer.name} is the name with its honorific ("お客様" when unknown); {question} is the answer given to a scale or choice question ("—" when there is none).'
})

const Value = z.union([z.string(), z.number(), z.boolean()])

const Test = z.union([
  Value,
  z
    .strictObject({
      eq: Value,
      ne: Value,
      lt: z.number(),
      lte: z.number(),
      gt: z.number(),
      gte: z.number(),
      in: z.array(Value).min(1),
      answered: z.boolean()
    })
    .partial()
])

const When = z
  .record(z.string(), Test)
  .meta({ description: 'Every line must hold: question: 3, or question: { lte: 6 }. An unanswered question fails.' })

const To = Id.meta({ description: 'The step to go to, or exit.' })
const Choices = z.array(z.strictObject({ when: When.optional(), to: To })).min(1)
const Next = z.union([To, Choices]).meta({ description: 'Where to go on; without it, the step below.' })

const base = { id: Id, next: Next.optional() }

const Scale = z.strictObject({ type: z.literal('scale'), min: z.int().min(0), max: z.int().max(100) })
const Choice = z.strictObject({
  type: z.literal('choice'),
  options: z.array(z.strictObject({ value: Id, label: Text })).min(2)
})
const FreeText = z.strictObject({ type: z.literal('text') })

const Say = z.strictObject({ ...base, do: z.literal('say'), text: Text })

const Ask = z.strictObject({
  ...base,
  do: z.literal('ask'),
  text: Text,
  answer: z.discriminatedUnion('type', [Scale, Choice, FreeText]),
  measure: z
    .enum(['nps'])
    .optional()
    .meta({ description: 'What the answer counts towards. nps: a scale from 0 to 10.' }),
  optional: z.boolean().default(false).meta({ description: 'Offers a button to skip the question.' }),
  retry: Text.optional().meta({ description: 'Said when a typed answer is outside the scale.' }),
  timeout: z
    .strictObject({ after: Duration, to: To })
    .optional()
    .meta({ description: 'Where to go on when no answer comes. Every question needs one.' })
})

const Wait = z.strictObject({
  ...base,
  do: z.literal('wait'),
  for: Duration,
  until: z.strictObject({ event: z.enum(EVENTS), to: To }).optional()
})

const Branch = z.strictObject({ id: Id, do: z.literal('branch'), next: Choices })

const TagName = z
  .string()
  .regex(/^[^\s#].{0,29}$/u, 'write a tag of at most 30 characters, without a # before it')
  .meta({ description: 'A tag as staff read it.' })
const Tag = z.strictObject({ ...base, do: z.literal('tag'), add: TagName.optional(), remove: TagName.optional() })

const FollowUp = z.strictObject({
  ...base,
  do: z.literal('follow_up'),
  priority: z.enum(['high', 'normal']),
  due: Duration,
  score: Id.optional().meta({ description: 'The scale question whose answer staff see.' }),
  words: Id.optional().meta({ description: 'The text question whose answer staff read.' })
})

const Exit = z.strictObject({ id: Id, do: z.literal('exit') })

const Step = z.discriminatedUnion('do', [Say, Ask, Wait, Branch, Tag, FollowUp, Exit])

const Trigger = z.strictObject({
  event: z.enum(EVENTS),
  where: z.record(z.string(), Test).optional().meta({ description: 'Conditions on the properties of the event.' }),
  once_per: Duration.optional().meta({ description: 'A customer enters at most once in this time.' })
})

/** A survey or scenario as a shop writes it. Faults that no schema can state: faults.ts. */
export const Flow = z.strictObject({
  id: Id,
  kind: z.enum(['survey', 'scenario']),
  consent: z
    .enum(['service', 'research', 'marketing'])
    .meta({ description: 'The purpose for which the customer is written to.' }),
  coupon: z
    .boolean()
    .optional()
    .meta({ description: 'It brings a coupon: customers who want only coupons are written to as well.' }),
  trigger: Trigger,
  steps: z.array(Step).min(1)
})

export type Flow = z.infer<typeof Flow>
export type Step = z.infer<typeof Step>
export type Ask = z.infer<typeof Ask>
export type FollowUpStep = z.infer<typeof FollowUp>
export type Next = z.infer<typeof Next>
export type When = z.infer<typeof When>
export type Test = z.infer<typeof Test>
export type Value = z.infer<typeof Value>
export type FlowText = z.infer<typeof Text>

/** The JSON Schema that editors use for completion and checks. */
export function flowJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(Flow, { io: 'input', reused: 'ref' }), title: 'A survey or scenario of Matane' }
}
