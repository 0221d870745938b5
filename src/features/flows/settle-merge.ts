import type { MergedPair } from '../../platform/feature.ts'
import { cancelTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { timerName } from './carry-out.ts'
import { findOpenRuns, giveOpenKey, saveRun } from './store/runs.ts'

/** A customer is in a flow once: of two runs of one flow that of `into` goes on, and the other ends where it is. */
export async function settleMerge(work: Work, { from, into }: MergedPair): Promise<void> {
  const { tx, cipher } = work
  const going = new Set((await findOpenRuns(tx, cipher, into)).map(({ flow }) => flow))
  for (const kept of await findOpenRuns(tx, cipher, from)) {
    if (!going.has(kept.flow)) await giveOpenKey(tx, kept, into)
    else {
      await saveRun(work, { ...kept, run: { ...kept.run, ended: true } }, work.now)
      await cancelTimer(work, timerName(kept.id, kept.run.visit))
    }
  }
}
