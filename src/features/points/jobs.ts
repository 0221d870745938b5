import type { Context, Job } from '../../platform/feature.ts'
import { openAccount } from './account.ts'
import { customersDue } from './store/sums.ts'

/** Lots looked at in one portion, and portions of one run: what is left waits for the next. */
const PORTION = 100
const PORTIONS = 10

/** Writes off what ran out. Nobody waits for it: what ran out counts no more from its instant on. */
export const jobs: readonly Job[] = [{ name: 'points-expiry', cron: '*/10 * * * *', run: expirePoints }]

async function expirePoints({ scope, perform }: Context): Promise<void> {
  for (let portion = 0; portion < PORTIONS; portion += 1) {
    const due = await customersDue(scope.db.prisma, scope.now(), PORTION)
    for (const id of due) await perform(`points-expiry:${id}`, (work) => openAccount(work, id))
    if (due.length === 0) return
  }
}
