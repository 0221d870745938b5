import { z } from 'zod'
import { EVENTS } from '../events.ts'
import { Duration, Test } from './words.ts'

/** What leads a customer into a flow. */
export const Trigger = z.strictObject({
  event: z.enum(EVENTS),
  where: z.record(z.string(), Test).optional().meta({ description: 'Conditions on the properties of the event.' }),
  once_per: Duration.optional().meta({ description: 'A customer enters at most once in this time.' })
})

export type Trigger = z.infer<typeof Trigger>
