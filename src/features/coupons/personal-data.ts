import { ownRows } from '../../platform/personal-data.ts'

/** The coupons that a customer was given, and what became of them. */
export const personalData = ownRows([
  { name: 'coupon_grant', hidden: ['definition_id', 'cause', 'version', 'cost_yen', 'given_by', 'given_role'] },
  { name: 'coupon_redemption', hidden: ['grant_id', 'staff', 'undone_by'] }
])
