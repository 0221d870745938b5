import { ownRows } from '../../platform/personal-data.ts'

/** Which menu of their own LINE shows a customer. */
export const personalData = ownRows([{ name: 'rich_menu_link', hidden: ['identity_id'] }])
