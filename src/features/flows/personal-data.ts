import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { dropEndedRuns } from './store/runs.ts'

/** A customer's runs; the timers that lead them on are the queue's. */
export const personalData: PersonalData = {
  ...ownRows([{ name: 'flow_run', hidden: ['definition_id', 'open_key', 'cause'], json: ['facts'] }]),
  purge: { runs: ({ tx }, before) => dropEndedRuns(tx, before) }
}
