import { ownRows } from '../../platform/personal-data.ts'

/** Who a customer is: the record itself goes last, so that what hangs on it finds it. */
export const personalData = ownRows([
  { name: 'customer', owner: ['id'] },
  { name: 'identity' },
  { name: 'customer_attribute', hidden: ['told_by'], sealedAs: { value: 'customer.attribute' } },
  { name: 'customer_tag', hidden: ['added_by'] },
  { name: 'likely_duplicate', owner: ['customer_a', 'customer_b'] }
])
