import { z } from 'zod'
import { lockKey } from '../../platform/db/index.ts'
import type { DueTimer } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { moveRun } from './run-flow.ts'
import { findRun, ownerOf } from './store.ts'

const Body = z.object({ run: z.uuid(), visit: z.int(), event: z.string().optional() })

/** A pause is over: the run leads on, unless the customer was faster. */
export async function onTimer(work: Work, timer: DueTimer): Promise<void> {
  const { run, visit, event } = Body.parse(JSON.parse(timer.body))
  // Whose the run is now: its customer may have been merged since the timer was set.
  const owner = await ownerOf(work.tx, run)
  if (!owner) return
  await lockKey(work.tx, owner)
  const kept = await findRun(work.tx, work.cipher, run)
  if (!kept || kept.run.ended || kept.run.visit !== visit) return
  await moveRun(work, kept, event === undefined ? { type: 'timeout', visit } : { type: 'event', name: event })
}
