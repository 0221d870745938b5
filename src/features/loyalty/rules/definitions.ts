import { z } from 'zod'
import { contrastWithWhite } from '../../../core/colour.ts'

/** A text in each language; `max` in UTF-16 units. */
const text = (max: number) =>
  z.strictObject({ ja: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) })
const days = z.string().regex(/^[1-9]\d{0,3}d$/, 'write a number of days such as 60d')
const id = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'write 2 to 32 small letters, digits or hyphens, a letter first')
/** White text has to be readable on it: WCAG 2.2 asks for a contrast of 4.5. */
const MIN_CONTRAST = 4.5

const COLOUR = '#7a4b2a'

/** The one programme there is so far. */
export const PROGRAMME = 'main'
/** The kind of the coupons that flows may give. */
export const COUPON_KIND = 'coupon'
/** The key of the one list of shops. */
export const SHOPS = 'shops'

/** What a coupon gives. */
const terms = {
  title: text(60).describe('What it gives.'),
  note: text(200).describe('Conditions, shown on the coupon.'),
  valid_for: days.optional().describe('How long the coupon holds, such as 60d; left out = for ever.')
}

/** flows/loyalty/coupons/: what flows may give. */
export const CouponDefinition = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{1,39}$/, 'write 2 to 40 small letters, digits or "_", a letter first')
      .describe('Name of the coupon, by which flows give it.'),
    ...terms
  })
  .describe('A coupon that flows may give.')
export type CouponDefinition = z.infer<typeof CouponDefinition>

/** flows/loyalty/stamp-card.yaml */
export const StampCardDefinition = z
  .strictObject({
    key: z.literal(PROGRAMME).describe('Name of the programme: there is one, "main".'),
    brand: text(40).describe('Whose card it is.'),
    title: text(30),
    colour: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, { error: 'write a colour such as "#7a4b2a"', abort: true })
      .refine((colour) => contrastWithWhite(colour) >= MIN_CONTRAST, 'choose a darker colour: white text stands on it')
      .default(COLOUR)
      .describe('Of the card, as #rrggbb; dark enough for white text.'),
    goal: z.int().min(1).max(50).describe('Stamps that fill a card.'),
    interval: z
      .string()
      .regex(/^(business_day|[1-9]\d{0,3}[mhd])$/, 'write business_day, or a time such as 3h')
      .default('business_day')
      .describe('Least time between two stamps: business_day = one a calendar day, or a duration such as 3h.'),
    expires: days.optional().describe('How long a card holds, such as 365d; left out = for ever.'),
    reward: z
      .strictObject({ key: id, ...terms, title: text(60).describe('What a full card gives.') })
      .describe('The coupon that a full card gives.')
  })
  .describe('A stamp card programme.')
export type StampCardDefinition = z.infer<typeof StampCardDefinition>
/** Whose coupon or card it is, and in which colour. */
export type Look = Pick<StampCardDefinition, 'brand' | 'colour'>
/** Of a coupon while there is no stamp card. */
export const PLAIN_LOOK: Look = { brand: { ja: '', en: '' }, colour: COLOUR }
export type Reward = StampCardDefinition['reward']

/** flows/loyalty/shops.yaml */
export const ShopsDefinition = z
  .strictObject({
    shops: z
      .array(z.strictObject({ id: id.describe('Part of the counter page’s address. Keep it.'), name: text(40) }))
      .min(1)
      .max(1000)
      .refine((shops) => new Set(shops.map((shop) => shop.id)).size === shops.length, 'give each shop an id of its own')
  })
  .describe('The places with a counter.')
export type ShopsDefinition = z.infer<typeof ShopsDefinition>
