import { ownRows } from '../../platform/personal-data.ts'

/** The tier a customer has, and those they had. */
export const personalData = ownRows([
  { name: 'customer_tier', hidden: ['rank'] },
  { name: 'tier_change', hidden: ['rank', 'lived_as'] }
])
