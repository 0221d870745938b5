import { z } from 'zod'
import { DURATION } from '../../../../core/time.ts'
import { factsInWords } from '../customer-facts.ts'

/** What the parts of a flow are written in: names, times, texts, conditions, ways. */

export const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'use small letters, digits and "_", a letter first, at most 40, such as thank_you')
  .meta({ description: 'A name: small letters, digits and _.' })

export const Duration = z
  .string()
  .regex(DURATION, 'write a duration as 30m, 12h or 3d')
  .meta({ description: 'How long: 30m, 12h or 3d.' })

const Words = z.string().regex(/\S/, 'write a text here, it is empty')

export const Text = z.strictObject({ ja: Words, en: Words }).meta({
  description:
    'What the customer reads, in Japanese and English. {customer.name} is the name with its honorific ("お客様" when unknown); {question} is the answer given to a scale or choice question ("—" when there is none); {customer.visits} and other numbers known of the customer, with words for when one is unknown: {customer.last_nps|not yet}.'
})

export const Value = z.union([z.string(), z.number(), z.boolean()])

export const Test = z.union([
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
      includes: z.string().min(1).meta({ description: 'For lists: what has to be in it.' }),
      answered: z.boolean()
    })
    .partial()
])

export const When = z.record(z.string(), Test).meta({
  description: `Every line must hold: question: 3, or question: { lte: 6 }. An unanswered question fails. Of the customer: ${factsInWords()}.`
})

export const To = Id.meta({ description: 'The step to go to, or exit.' })
export const Choices = z.array(z.strictObject({ when: When.optional(), to: To })).min(1)
export const Next = z.union([To, Choices]).meta({ description: 'Where to go on; without it, the step below.' })

/** What every step has that goes on to another one. */
export const base = { id: Id, next: Next.optional() }

export type Next = z.infer<typeof Next>
export type When = z.infer<typeof When>
export type Test = z.infer<typeof Test>
export type Value = z.infer<typeof Value>
export type FlowText = z.infer<typeof Text>
