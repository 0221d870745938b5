import { z } from 'zod'
import { lockKey } from '../../platform/db/index.ts'
import type { DueTimer } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { moveRun } from './run-flow.ts'
import { findRun } from './store.ts'

const Body = z.object({ run: z.uuid(), visit: z.int(), event: z.string().optional() })

/** A pause is over: the run leads on, unless the customer was faster. */
export async function onTimer(work: Work, timer: DueTimer): Promise<void> {
  const { run, visit, event } = Body.parse(JSON.parse(timer.body))
  await lockKey(work.tx, timer.key)
  const kept = await findRun(work.tx, work.cipher, run)
  if (!kept || kept.run.visit !== visit) return
  await moveRun(work, kept, event === undefined ? { type: 'timeout', visit } : { type: 'event', name: event })
}
