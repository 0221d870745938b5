import { z } from 'zod'
import { days, localeText } from '../../../core/schema.ts'

/** The kind of the coupons that flows may give. */
export const COUPON_KIND = 'coupon'

/** What a coupon gives. */
export const couponTerms = {
  title: localeText(60).describe('What it gives.'),
  note: localeText(200).describe('Conditions, shown on the coupon.'),
  valid_for: days.optional().describe('How long the coupon holds, such as 60d; left out = for ever.')
}

/** flows/loyalty/coupons/: what flows may give. */
export const CouponDefinition = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{1,39}$/, 'write 2 to 40 small letters, digits or "_", a letter first')
      .describe('Name of the coupon, by which flows give it.'),
    ...couponTerms
  })
  .describe('A coupon that flows may give.')
export type CouponDefinition = z.infer<typeof CouponDefinition>

/** The terms of a coupon and its name, whichever definition they stand in. */
export const CouponTerms = z.object({ key: z.string(), ...couponTerms })
export type CouponTerms = z.infer<typeof CouponTerms>
