import { z } from 'zod'
import { WEEKDAYS } from '../../../../core/time.ts'
import { EVENTS } from '../events.ts'
import { Answer } from './answer.ts'
import { DEEDS } from './deeds.ts'
import { Say } from './say.ts'
import { base, Choices, Duration, Id, Test, Text, To } from './words.ts'

const Ask = z.strictObject({
  ...base,
  do: z.literal('ask'),
  text: Text,
  answer: Answer,
  measure: z.enum(['nps', 'csat', 'ces']).optional().meta({
    description: 'What the answer counts towards. nps: a scale from 0 to 10; csat: from 1 to 5; ces: from 1 to 7.'
  }),
  optional: z.boolean().default(false).meta({ description: 'Offers a button to skip the question.' }),
  retry: Text.optional().meta({
    description: 'Said when a typed answer is outside what is taken: a number, a day, too many options.'
  }),
  timeout: z
    .strictObject({ after: Duration, to: To })
    .optional()
    .meta({ description: 'Where to go on when no answer comes. Every question needs one.' })
})

const Wait = z.strictObject({
  ...base,
  do: z.literal('wait'),
  for: Duration.optional(),
  until_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "09:30"')
    .optional()
    .meta({ description: 'Waits on to this time of the business day, after "for" when there is one: "10:00".' }),
  until_weekday: z
    .array(z.enum(WEEKDAYS))
    .min(1)
    .optional()
    .meta({ description: 'Only on these days of the week: [sat, sun].' }),
  until: z
    .strictObject({
      event: z.enum(EVENTS),
      where: z.record(z.string(), Test).optional().meta({ description: 'Conditions on the properties of the event.' }),
      to: To
    })
    .optional()
    .meta({ description: 'Ends the wait sooner, as soon as this happens.' })
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
  words: Id.optional().meta({ description: 'The text question whose answer staff read.' }),
  title: Text.optional().meta({
    description: 'What it is about, on the card; {customer.name} and the score may be in it.'
  }),
  assign: z.enum(['last', 'least_busy', 'none']).optional().meta({
    description:
      'Who has it at first: who looked after this customer last, who has the fewest, or (the default) nobody.'
  })
})

const Exit = z.strictObject({ id: Id, do: z.literal('exit') })

/** One thing that a flow does, or waits for. */
export const Step = z.discriminatedUnion('do', [Say, Ask, Wait, Branch, Tag, FollowUp, ...DEEDS, Exit])

export type Step = z.infer<typeof Step>
export type Ask = z.infer<typeof Ask>
export type FollowUpStep = z.infer<typeof FollowUp>
