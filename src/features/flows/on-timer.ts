import { z } from 'zod'
import { lockKey } from '../../platform/db/index.ts'
import type { DueTimer } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { current } from '../definitions/index.ts'
import { moveRun, startRun } from './run-flow.ts'
import { findRun, ownerOf } from './store.ts'

const Pause = z.object({ run: z.uuid(), visit: z.int(), event: z.string().optional() })
const Entry = z.object({ enter: z.string(), kind: z.enum(['survey', 'scenario']) })
const Body = z.union([Pause, Entry])

/** A pause or a night is over. The timer's key is the customer's id, also once they were merged into another. */
export async function onTimer(work: Work, timer: DueTimer): Promise<void> {
  const body = Body.parse(JSON.parse(timer.body))
  if ('run' in body) return leadOn(work, body)
  const definition = await current(work.tx, body.kind, body.enter)
  if (definition) await startRun(work, { customerId: timer.key, definition })
}

/** The run leads on, unless the customer was faster. */
async function leadOn(work: Work, { run, visit, event }: z.infer<typeof Pause>): Promise<void> {
  // Whose the run is now: its customer may have been merged since the timer was set.
  const owner = await ownerOf(work.tx, run)
  if (!owner) return
  await lockKey(work.tx, owner)
  const kept = await findRun(work.tx, work.cipher, run)
  if (!kept || kept.run.ended || kept.run.visit !== visit) return
  await moveRun(work, kept, event === undefined ? { type: 'timeout', visit } : { type: 'event', name: event })
}
