import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { dropLinks } from './store.ts'

/** Links to what is kept about a customer. */
export const personalData: PersonalData = {
  ...ownRows([{ name: 'privacy_link' }]),
  purge: { links: ({ tx }, before) => dropLinks(tx, before) }
}
