import type { Job } from '../../platform/feature.ts'
import { enterDue } from './enter-due.ts'

/** A job holds up the clock's other work: longer work is done in slices. */
const SLICE_MS = 15_000

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'triggers.enter_due',
    cron: '* * * * *',
    async run({ scope, perform }) {
      const endMs = performance.now() + SLICE_MS
      await enterDue({ scope, perform, isOver: () => performance.now() > endMs })
    }
  }
]
