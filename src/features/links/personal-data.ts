import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { disown, dropLinks } from './store.ts'

/**
 * Links that were sent to a customer. Once they are erased, a button in their chat still leads where it says, as what it
 * leads to is the shop's and no matter of theirs; whose it was, and whether they tapped it, is forgotten.
 */
export const personalData: PersonalData = {
  ...ownRows([{ name: 'tracked_link', hidden: ['run_id'] }]),
  erase: ({ tx }, customerId) => disown(tx, customerId),
  purge: { tapped_links: ({ tx }, before) => dropLinks(tx, before) }
}
