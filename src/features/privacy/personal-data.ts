import { ownRows } from '../../platform/personal-data.ts'

/** Links to what is kept about a customer. */
export const personalData = ownRows([{ name: 'privacy_link' }])
