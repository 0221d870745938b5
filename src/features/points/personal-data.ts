import { ownRows } from '../../platform/personal-data.ts'

/** The ledger and its lots. */
export const personalData = ownRows([
  { name: 'points_entry', hidden: ['cause', 'by'] },
  { name: 'points_lot', hidden: ['entry_id'] }
])
