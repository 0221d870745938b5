import { ownRows } from '../../platform/personal-data.ts'

/** The follow-ups of a customer, why they were needed and what was done; staff stay nameless. */
export const personalData = ownRows([
  { name: 'follow_up', hidden: ['open_customer_id', 'assignee_id', 'resolved_by'] },
  { name: 'follow_up_reason', hidden: ['cause'] },
  { name: 'follow_up_activity', parent: { column: 'follow_up_id', table: 'follow_up' }, hidden: ['actor', 'cause'] }
])
