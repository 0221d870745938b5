import { eraseKeys } from '../../platform/db/index.ts'
import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { forgetErased, noteErased } from './store/erased.ts'

const own = ownRows([
  { name: 'customer', owner: ['id'] },
  { name: 'identity' },
  { name: 'customer_attribute', hidden: ['told_by'], sealedAs: { value: 'customer.attribute' } },
  { name: 'customer_tag', hidden: ['added_by'] },
  { name: 'likely_duplicate', owner: ['customer_a', 'customer_b'], hidden: ['decided_by'] }
])

/** Who a customer is. Erased, they are remembered by a keyed hash only, so that nothing told before brings them back. */
export const personalData: PersonalData = {
  ...own,
  tables: [...own.tables, 'customer_key'],
  async erase(work, customerId) {
    await noteErased(work, customerId)
    await own.erase(work, customerId)
    // Copies of the store from before keep what was sealed; without the key it says nothing.
    await eraseKeys(work, customerId)
  },
  purge: { erased: ({ tx }, before) => forgetErased(tx, before) }
}
