import { ownRows } from '../../platform/personal-data.ts'

/** The coupons that a customer was given. */
export const personalData = ownRows([{ name: 'coupon_grant', hidden: ['definition_id', 'cause'] }])
