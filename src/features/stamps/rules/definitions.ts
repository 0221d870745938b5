import { z } from 'zod'
import { darkColour, days, localeText, slug } from '../../../core/schema.ts'
import { couponTerms } from '../../coupons/rules/definitions.ts'

/** The one programme there is so far. */
export const PROGRAMME = 'main'

/** flows/loyalty/stamp-card.yaml */
export const StampCardDefinition = z
  .strictObject({
    key: z.literal(PROGRAMME).describe('Name of the programme: there is one, "main".'),
    brand: localeText(40).optional().describe('Whose card it is; left out = the brand in shops.yaml.'),
    title: localeText(30),
    colour: darkColour
      .optional()
      .describe('Of the card, as #rrggbb, dark enough for white text; left out = that of the brand in shops.yaml.'),
    goal: z.int().min(1).max(50).describe('Stamps that fill a card.'),
    interval: z
      .string()
      .regex(/^(business_day|[1-9]\d{0,3}[mhd])$/, 'write business_day, or a time such as 3h')
      .default('business_day')
      .describe('Least time between two stamps: business_day = one a calendar day, or a duration such as 3h.'),
    expires: days.optional().describe('How long a card holds, such as 365d; left out = for ever.'),
    reward: z
      .strictObject({ key: slug, ...couponTerms, title: localeText(60).describe('What a full card gives.') })
      .describe('The coupon that a full card gives.')
  })
  .describe('A stamp card programme.')
export type StampCardDefinition = z.infer<typeof StampCardDefinition>
