import { z } from 'zod'
import { darkColour, days, localeText, slug } from '../../../core/schema.ts'
import { couponTerms } from '../../coupons/rules/definitions.ts'
import { doubleDay } from './double-days.ts'
import { programmeFaults } from './programme-faults.ts'

/** Key of the programme that a shop begins with: the one that comes with Matane. */
export const PROGRAMME = 'main'

/** The kind of stamp cards' programmes. */
export const STAMP_CARD = 'stamp_card'

/** Most stamps that fit on a card. */
const GOAL_MAX = 50

const terms = { key: slug, ...couponTerms }

/** flows/loyalty/stamp-card.yaml, and each file in flows/loyalty/stamp-cards/ */
export const StampCardDefinition = z
  .strictObject({
    key: slug.describe('Name of the programme. Keep it: cards belong to it.'),
    brand: localeText(40).optional().describe('Whose card it is; left out = the brand in shops.yaml.'),
    title: localeText(30),
    colour: darkColour
      .optional()
      .describe('Of the card, as #rrggbb, dark enough for white text; left out = that of the brand in shops.yaml.'),
    shops: z
      .array(slug)
      .min(1)
      .optional()
      .describe('Ids of the shops whose visits count, from shops.yaml; left out = all.'),
    goal: z.int().min(1).max(GOAL_MAX).describe('Stamps that fill a card.'),
    bonus: z
      .int()
      .min(1)
      .max(GOAL_MAX - 1)
      .optional()
      .describe('Stamps that are on a customer’s first card from the beginning.'),
    double_days: z
      .array(doubleDay)
      .min(1)
      .max(50)
      .optional()
      .describe(
        'Days on which a visit brings more stamps, in the business’s time zone; the best one that fits counts.'
      ),
    interval: z
      .string()
      .regex(/^(business_day|[1-9]\d{0,3}[mhd])$/, 'write business_day, or a time such as 3h')
      .default('business_day')
      .describe(
        'Least time between two visits that count: business_day = one a calendar day, or a duration such as 3h.'
      ),
    from_visits: z
      .boolean()
      .optional()
      .describe(
        'true = visits that tills tell of bring stamps too. Only what happens after the first publication counts, and only when it is told within 7 days and before any later visit; one visit by till and by code is one stamp.'
      ),
    expires: days.optional().describe('How long a card holds, such as 365d; left out = for ever.'),
    expires_from: z
      .enum(['start', 'last_stamp'])
      .optional()
      .describe('From when "expires" counts: from the card’s beginning (also when left out), or anew with each stamp.'),
    until: z.iso
      .date({ error: 'write a day such as 2027-03-31' })
      .optional()
      .describe('Last day of the programme: cards end with it, and no new ones begin.'),
    reward: z
      .strictObject({ ...terms, title: localeText(60).describe('What a full card gives.') })
      .optional()
      .describe('The coupon that a full card gives.'),
    rewards: z
      .array(
        z
          .strictObject({ at: z.int().min(1).max(GOAL_MAX).describe('With which stamp it is given.'), ...terms })
          .describe('A coupon.')
      )
      .min(1)
      .max(GOAL_MAX)
      .optional()
      .describe('Coupons on the way, each at its number of stamps; the one at the goal may stand here or in "reward".')
  })
  .superRefine((body, context) => {
    for (const fault of programmeFaults(body)) context.addIssue({ code: 'custom', ...fault, path: [...fault.path] })
  })
  .describe('A stamp card programme. A card that has begun keeps the terms it began with.')
export type StampCardDefinition = z.infer<typeof StampCardDefinition>
