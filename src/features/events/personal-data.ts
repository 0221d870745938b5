import { ownRows } from '../../platform/personal-data.ts'

/** A customer's facts and what they add up to. An event's key stays when it goes: told again, it comes back to nobody. */
export const personalData = ownRows([
  { name: 'event', hidden: ['source_id'], json: ['properties'] },
  { name: 'customer_day' },
  { name: 'customer_stats' },
  { name: 'stage_change' }
])
