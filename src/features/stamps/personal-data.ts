import { ownRows } from '../../platform/personal-data.ts'

/** Cards and their stamps. */
export const personalData = ownRows([
  { name: 'stamp_card', hidden: ['definition_id'] },
  { name: 'stamp', hidden: ['cause', 'code', 'given_by', 'voided_by'] }
])
