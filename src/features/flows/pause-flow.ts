import type { Work } from '../../platform/work.ts'
import { deletePause, insertPause } from './store/pauses.ts'

/**
 * Makes a flow stand still: nobody enters, and whoever is due to enter or waits inside goes on waiting; only what answers a customer is still
 * said. False when it stands still already.
 */
export function pauseFlow(work: Work, { flow, by }: { flow: string; by: string }): Promise<boolean> {
  return insertPause(work.tx, { flow, pausedAt: work.now, pausedBy: by })
}

/** Lets a flow go on; whoever waited for it goes on within the hour. False when it does already. */
export function resumeFlow(work: Work, flow: string): Promise<boolean> {
  return deletePause(work.tx, flow)
}
