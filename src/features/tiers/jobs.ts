import type { Job } from '../../platform/feature.ts'
import { keepTiers } from './keep-tiers.ts'

/** A job holds up the clock's other work: longer work is done in slices. */
const SLICE_MS = 15_000

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'tiers.keep',
    cron: '* * * * *',
    async run({ scope, perform }) {
      const endMs = performance.now() + SLICE_MS
      const done = await keepTiers({ scope, perform, isOver: () => performance.now() > endMs })
      if (!done) scope.log.info('Tiers of customers are being looked at; more in a minute')
    }
  }
]
