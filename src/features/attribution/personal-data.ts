import { ownRows } from '../../platform/personal-data.ts'

/** What brought a customer: the campaign, the page, the poster. */
export const personalData = ownRows([{ name: 'attribution', hidden: ['event_key'] }])
