import { ownRows } from '../../platform/personal-data.ts'

/** A customer's runs; the timers that lead them on are the queue's. */
export const personalData = ownRows([
  { name: 'flow_run', hidden: ['definition_id', 'open_key', 'cause'], json: ['facts'] }
])
