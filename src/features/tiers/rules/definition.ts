import { z } from 'zod'
import { darkColour, definitionKey, localeText } from '../../../core/schema.ts'
import { PERIOD } from './period.ts'

/** The key of the one list of tiers. */
export const TIERS = 'tiers'
const MAX_YEN = 1_000_000_000
const MAX_VISITS = 10_000

const period = z.string().regex(PERIOD, 'write a time such as 365d or 12 months')

const reach = z
  .strictObject({
    spend_yen: z.int().min(1).max(MAX_YEN).optional().describe('Yen spent within the window, less refunds.'),
    visits: z.int().min(1).max(MAX_VISITS).optional().describe('Visits within the window.')
  })
  .refine(
    ({ spend_yen, visits }) => spend_yen !== undefined || visits !== undefined,
    'write spend_yen, visits, or both'
  )
  .describe('What it takes; of several, any one is enough. The first tier is everybody’s and has none.')

const tier = z.strictObject({
  key: definitionKey.describe('Name of the tier, by which segments and flows ask for it. Keep it.'),
  name: localeText(20).describe('What customers read.'),
  colour: darkColour.describe('Of the card, as #rrggbb; dark enough for white text.'),
  reach: reach.optional(),
  benefits: z.array(localeText(60)).max(6).default([]).describe('What the tier brings, a line each.'),
  gift: definitionKey
    .optional()
    .describe('A coupon of flows/loyalty/coupons, given on reaching the tier: once per tier and 12 months.')
})
export type Tier = z.infer<typeof tier>

/** flows/loyalty/tiers.yaml */
export const TiersDefinition = z
  .strictObject({
    window: period.describe('What counts: the last 365d or 12 months, today included.'),
    keep: period.describe('How long a tier is kept at least, from reaching or renewing it.'),
    grace: z
      .string()
      .regex(/^\d{1,3}d$/, 'write a number of days such as 30d')
      .default('0d')
      .describe('How long it is kept beyond that while there is still something missing.'),
    tiers: z.array(tier).min(2).max(8).describe('From low to high.')
  })
  .superRefine(({ tiers }, context) => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['tiers', ...path], message })
    for (const [index, { key: own, reach: needed }] of tiers.entries()) {
      if (tiers.findIndex((other) => other.key === own) < index) say([index, 'key'], 'give each tier a key of its own')
      if (index === 0 && needed) say([0, 'reach'], 'the first tier is everybody’s: leave reach out')
      if (index > 0 && !needed) say([index], '"reach" is missing: say what it takes, such as reach: { visits: 10 }')
      for (const measure of ['spend_yen', 'visits'] as const) {
        const lower = Math.max(0, ...tiers.slice(0, index).map((each) => each.reach?.[measure] ?? 0))
        const own = needed?.[measure]
        if (own !== undefined && own <= lower)
          say([index, 'reach', measure], `a lower tier asks for ${lower}: write more`)
      }
    }
  })
  .describe(
    'Tiers of customers. Up at once; down only when the time a tier is kept, and its grace, are over. Whoever is placed by new rules or by history that is imported gets no message and no gift.'
  )
export type TiersDefinition = z.infer<typeof TiersDefinition>
