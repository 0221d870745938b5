import { z } from 'zod'
import { EVENTS } from '../events.ts'
import { Duration, Test } from './words.ts'

const Days = z
  .string()
  .regex(/^\d{1,3}d$/, 'write a number of days such as 7d')
  .meta({ description: 'A number of days: 7d.' })

/** What leads customers into a flow: one of its ways, which are told apart in ../trigger.ts. */
export const Trigger = z
  .strictObject({
    event: z.enum(EVENTS).optional().meta({ description: 'Something happened.' }),
    where: z.record(z.string(), Test).optional().meta({ description: 'Conditions on the properties of the event.' }),
    no: z
      .enum(EVENTS)
      .optional()
      .meta({ description: 'Something has not happened again for a time; once, until it happens again.' }),
    for: Duration.optional().meta({ description: 'With no: for how long, such as 30d.' }),
    overdue: z.number().min(1).max(10).optional().meta({
      description:
        'Not seen for so many of their own usual intervals; 1.5 is half as long again as usual. From three days with a visit or an order.'
    }),
    at_least: Days.optional().meta({ description: 'With overdue: never before, 14d when left out.' }),
    at_most: Days.optional().meta({ description: 'With overdue: at the latest then, 180d when left out.' }),
    segment: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/, 'write the id of a segment, as its file says')
      .optional()
      .meta({ description: 'Entering this segment; with schedule: everybody in it at that moment.' }),
    date: z
      .enum(['birthday', 'first_visit_anniversary'])
      .optional()
      .meta({ description: 'A day of each year. 29 February is 28 February in other years.' }),
    before: Days.optional().meta({ description: 'With date: so many days earlier.' }),
    after: Days.optional().meta({ description: 'With date: so many days later.' }),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "10:00"')
      .optional()
      .meta({ description: 'With date: at this time of the shop’s clocks, "10:00" when left out.' }),
    schedule: z
      .string()
      .optional()
      .meta({ description: 'A cron expression of five fields, by the shop’s clocks: "0 10 1 * *"; with segment.' }),
    by_hand: z
      .literal(true)
      .optional()
      .meta({ description: 'Only by hand; all others can be started by hand as well.' }),
    once_per: Duration.optional().meta({ description: 'A customer enters at most once in this time.' })
  })
  .meta({
    description:
      'What leads customers in, one of: event · no, for · overdue · segment · date · schedule, segment · by_hand'
  })

export type Trigger = z.infer<typeof Trigger>
