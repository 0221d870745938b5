import { z } from 'zod'
import { base, Id, Text, Value } from './words.ts'

/** Steps that do something beyond the talk with the customer. */

const SetAttribute = z.strictObject({
  ...base,
  do: z.literal('set'),
  attribute: z.string().min(1).meta({
    description: 'What becomes known of the customer: birthday, gender, prefecture, or a name of your own.'
  }),
  to: Value.optional().meta({ description: 'The same for everybody.' }),
  from: Id.optional().meta({ description: 'The question whose answer it is; without an answer it stays as it was.' })
})

const Give = z.strictObject({
  ...base,
  do: z.literal('give'),
  stamp: z.literal(true).optional().meta({ description: 'A stamp on the card, whenever the last one was.' }),
  points: z.int().min(1).max(100_000).optional().meta({ description: 'So many points.' }),
  coupon: z.string().min(1).optional().meta({
    description:
      'The key of a file under flows/loyalty/coupons. Texts after it may say {coupon.title}, {coupon.expires}.'
  })
})

const Notify = z.strictObject({
  ...base,
  do: z.literal('notify'),
  text: Text.meta({
    description:
      'A line for staff in the channel where alerts go, never for the customer; {customer.name} is masked there.'
  })
})

const Goto = z.strictObject({
  id: Id,
  do: z.literal('goto'),
  flow: Id.meta({
    description: 'Ends this flow and leads the customer into another one, as its own conditions allow.'
  })
})

const Webhook = z.strictObject({
  ...base,
  do: z.literal('webhook'),
  url: z.string().meta({
    description: 'Tells another system, at this https address, which customer passed here and what they answered.'
  }),
  include: z.array(Id).min(1).optional().meta({
    description:
      'Questions whose answers are the customer’s own words or days: they are left out unless they stand here.'
  })
})

/** In the order in which a fault lists them. */
export const DEEDS = [SetAttribute, Give, Notify, Webhook, Goto] as const

export const Deed = z.discriminatedUnion('do', DEEDS)
export type Deed = z.infer<typeof Deed>
