import { z } from 'zod'
import { days, definitionKey, localeText, slug } from '../../../core/schema.ts'

/** The kind of the coupons that flows and staff may give. */
export const COUPON_KIND = 'coupon'

/** Beyond it lies a mistake. */
const MOST_YEN = 10_000_000
const yen = z.int().min(1).max(MOST_YEN)
const times = z.int().min(1).max(100_000_000)
const day = z.iso.date('write a day such as 2026-12-01')

/** What every coupon says, whichever definition it stands in. */
export const couponTerms = {
  title: localeText(60).describe('What it gives.'),
  note: localeText(200).describe('Conditions, shown on the coupon.'),
  valid_for: days.optional().describe('How long the coupon holds, such as 60d; left out = for ever.')
}

const Gives = z.union([
  z.strictObject({ percent: z.int().min(1).max(100).describe('Off the bill, in percent.') }),
  z.strictObject({ yen: yen.describe('Off the bill, in yen.') }),
  z.strictObject({ gift: localeText(60).describe('What is given.') })
])

/** What a coupon of its own definition may say beyond that; a grant keeps it as it was. */
const ownTerms = {
  gives: Gives.optional().describe('percent, yen or gift; left out = what the title says.'),
  minimum_spend_yen: yen.optional().describe('The least that the bill must come to.'),
  shops: z
    .array(slug)
    .min(1)
    .max(1000)
    .optional()
    .describe('Ids of the shops (shops.yaml) that take it; left out = all of them.'),
  valid: z
    .strictObject({
      from: day.optional().describe('First day on which it can be used.'),
      until: day.describe('Last day on which it can be used.')
    })
    .optional()
    .describe('Fixed days, the same for everybody, in place of valid_for.'),
  cost_yen: z.int().min(0).max(MOST_YEN).optional().describe('What one use costs you, where "gives: yen" does not say.')
}

/** How often and for how much a coupon may be given and used, now: it binds those given before as well. */
const caps = {
  limit: z
    .strictObject({
      total: times.optional().describe('How often it can be used in all.'),
      grants: times.optional().describe('How many are given in all.'),
      per_customer: z.int().min(1).max(1000).optional().describe('How many one customer can be given, and use.')
    })
    .optional(),
  budget_yen: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('What all uses together may cost: yen of "gives", or else cost_yen, for each.')
}

/** flows/loyalty/coupons/: what flows and staff may give. */
export const CouponDefinition = z
  .strictObject({
    key: definitionKey.describe('Name of the coupon, by which flows give it.'),
    ...couponTerms,
    ...ownTerms,
    ...caps
  })
  .refine(({ valid, valid_for }) => !(valid && valid_for), {
    path: ['valid_for'],
    message: 'write either valid_for or valid, not both'
  })
  .refine(({ valid }) => !valid?.from || valid.from <= valid.until, {
    path: ['valid', 'until'],
    message: 'must not be before "from"'
  })
  .refine((terms) => terms.budget_yen === undefined || costOf(terms) !== undefined, {
    path: ['cost_yen'],
    message: 'say what one use costs, so that it can be taken from budget_yen'
  })
  .describe('A coupon that flows and staff may give.')
export type CouponDefinition = z.infer<typeof CouponDefinition>

/** The terms of a coupon and its name, whichever definition they stand in. */
export const CouponTerms = z.object({ key: z.string(), ...couponTerms, ...ownTerms })
export type CouponTerms = z.infer<typeof CouponTerms>

/** What one use costs, in yen; undefined when nobody can say. */
export function costOf({ gives, cost_yen }: Pick<CouponTerms, 'gives' | 'cost_yen'>): number | undefined {
  return gives && 'yen' in gives ? gives.yen : cost_yen
}
