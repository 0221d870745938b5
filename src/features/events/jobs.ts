import type { Job } from '../../platform/feature.ts'
import { keepMonths } from './keep-months.ts'

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'events.keep_months',
    cron: '7 * * * *',
    async run({ scope }) {
      const made = await keepMonths(scope.db, scope.now())
      if (made > 0) scope.log.info('Made partitions for events', { months: made })
    }
  }
]
