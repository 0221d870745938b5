import { ownRows } from '../../platform/personal-data.ts'

/** Cards, their stamps and the coupons they brought. */
export const personalData = ownRows([
  { name: 'stamp_card', hidden: ['definition_id'] },
  { name: 'stamp', hidden: ['cause', 'code'] },
  { name: 'coupon_grant', hidden: ['definition_id', 'cause'] }
])
