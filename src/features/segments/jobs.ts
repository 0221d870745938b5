import type { Job } from '../../platform/feature.ts'
import { keepMembers } from './keep-members.ts'

/** A job holds up the clock's other work: longer work is done in slices. */
const SLICE_MS = 15_000

/** What the clock starts in this room. */
export const jobs: readonly Job[] = [
  {
    name: 'segments.keep_members',
    cron: '2-59/5 * * * *',
    async run({ scope, perform }) {
      const endMs = performance.now() + SLICE_MS
      await keepMembers({ scope, perform, isOver: () => performance.now() > endMs })
    }
  }
]
