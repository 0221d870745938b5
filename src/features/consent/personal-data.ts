import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { dropTold } from './store.ts'

/** What customers agreed to, how often they want to hear from us, and when they last did. */
export const personalData: PersonalData = {
  ...ownRows([{ name: 'consent_change', hidden: ['cause'] }, { name: 'customer_preference' }, { name: 'told' }]),
  purge: { runs: ({ tx }, before) => dropTold(tx, before) }
}
