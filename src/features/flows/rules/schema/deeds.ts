import { z } from 'zod'
import { Id } from './words.ts'

/** Steps that do something beyond the talk with the customer. */

const Goto = z.strictObject({
  id: Id,
  do: z.literal('goto'),
  flow: Id.meta({
    description: 'Ends this flow and leads the customer into another one, as its own conditions allow.'
  })
})

/** In the order in which a fault lists them. */
export const DEEDS = [Goto] as const

export const Deed = z.discriminatedUnion('do', DEEDS)
export type Deed = z.infer<typeof Deed>
