import { z } from 'zod'
import { days, localeText } from '../../../core/schema.ts'
import { WEEKDAYS } from '../../../core/time.ts'

/** The kind of flows/loyalty/points.yaml, and the key of the one there is. */
export const POINTS = 'points'

const day = z.iso.date({ error: 'write a day such as 2026-12-01' })
const key = z.string().min(1).max(40)

/** Most that one thing gives or costs. */
const POINTS_MAX = 100_000
const points = z.int().min(1).max(POINTS_MAX)

const EarnRule = z.discriminatedUnion('on', [
  z
    .strictObject({
      on: z.literal('order.completed'),
      per_yen: z.int().min(1).max(1_000_000).optional().describe('For each so many yen; left out = for each order.'),
      points
    })
    .describe('Once for each order id. A refund takes back its part.'),
  z
    .strictObject({ on: z.literal('visit'), points })
    .describe('Once a business day, however many counters and tills tell of it.'),
  z
    .strictObject({
      on: z.literal('survey.answered'),
      survey: key.optional().describe('Key of the survey; left out = any.'),
      points
    })
    .describe('Once for each time a survey was asked, with its first answer.')
])
export type EarnRule = z.infer<typeof EarnRule>

const Campaign = z
  .strictObject({
    from: day.describe('First day.'),
    to: day.describe('Last day, all of it.'),
    times: z.number().min(1.5).max(10).multipleOf(0.5).describe('2 = twice the points; what is left over is dropped.'),
    on: z
      .enum(['order.completed', 'visit', 'survey.answered'])
      .optional()
      .describe('For this only; left out = for all.'),
    shops: z.array(z.string()).min(1).optional().describe('Ids of shops; left out = all.'),
    weekdays: z.array(z.enum(WEEKDAYS)).min(1).optional().describe('On these days only; left out = on all.')
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not lie before "from"' })

/** flows/loyalty/points.yaml */
export const PointsDefinition = z
  .strictObject({
    name: localeText(20).describe('What the points are called.'),
    earn: z.array(EarnRule).min(1).max(20).describe('What gives points; rules that fit the same thing add up.'),
    campaigns: z
      .array(Campaign)
      .max(50)
      .default([])
      .describe('Days with more points, in the business’s time zone. Where several fit, the best one counts.'),
    expires: days.optional().describe('How long points hold, in whole days from what gave them; left out = for ever.'),
    exchange: z
      .array(z.strictObject({ points, coupon: key.describe('Key of a coupon of flows/loyalty/coupons.') }))
      .max(10)
      .default([])
      .describe('What customers can have for their points, in LINE.')
  })
  .refine(({ exchange }) => new Set(exchange.map(({ coupon }) => coupon)).size === exchange.length, {
    path: ['exchange'],
    error: 'name each coupon once'
  })
  .describe(
    'Points. Only what happens after the first publication counts, and only when it is told within 7 days, refunds too: imported history gives and takes nothing. One file; without it there are no points.'
  )
export type PointsDefinition = z.infer<typeof PointsDefinition>
