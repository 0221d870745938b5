import type { Job } from '../../platform/feature.ts'
import { keepFigures } from './keep-figures.ts'
import { keepMonths } from './keep-months.ts'
import { recordSent } from './record-sent.ts'

/** A job holds up the clock's other work: longer work is done in slices. */
const SLICE_MS = 15_000

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'events.keep_months',
    cron: '7 * * * *',
    async run({ scope }) {
      const made = await keepMonths(scope.db, scope.now())
      if (made > 0) scope.log.info('Made partitions for events', { months: made })
    }
  },
  {
    name: 'events.keep_figures',
    cron: '*/5 * * * *',
    async run({ scope: { db, now, timeZone, log } }) {
      const endMs = performance.now() + SLICE_MS
      const done = await keepFigures({ db, now: now(), timeZone, isOver: () => performance.now() > endMs })
      if (!done) log.info('Figures of customers are being kept up; more in five minutes')
    }
  },
  {
    name: 'events.record_sent',
    cron: '* * * * *',
    async run(context) {
      const endMs = performance.now() + SLICE_MS
      await recordSent(context, () => performance.now() > endMs)
    }
  }
]
