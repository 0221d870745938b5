import type { Job } from '../../platform/feature.ts'
import { indexNames } from './store/names.ts'

/** Opening and hashing takes a few microseconds a name: a slice does not hold up the clock. */
const NAMES_AT_ONCE = 2_000

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'customers.index_names',
    cron: '* * * * *',
    async run({ scope }) {
      const made = await indexNames(scope.db, NAMES_AT_ONCE)
      if (made > 0) scope.log.info('Made names findable that were stored before they were', { names: made })
    }
  }
]
