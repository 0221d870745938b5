import { ownRows } from '../../platform/personal-data.ts'

/** What customers agreed to, and how often they want to hear from us. */
export const personalData = ownRows([{ name: 'consent_change', hidden: ['cause'] }, { name: 'customer_preference' }])
