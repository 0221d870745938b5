import { z } from 'zod'
import { addDuration } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { DueTimer } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { publishedFlow } from './definition.ts'
import { EntryBody, enterLater } from './enter-later.ts'
import { sinceOf } from './rules/cause.ts'
import { moveRun, startRun } from './run-flow.ts'
import { isStillDue } from './still-due.ts'
import { findRun, ownerOf } from './store/runs.ts'

const Pause = z.object({ run: z.uuid(), visit: z.int(), event: z.string().optional() })
const Body = z.union([Pause, EntryBody])

/** While a flow stands still, an entry that is due looks so often whether it goes on. */
const AGAIN = '1h'
/** A moment that passes, such as a birthday, leads nobody in later than this. */
const LATEST_MS = 3 * 86_400_000

/** A pause or a night is over, or a moment has come. The timer's key is the customer's id, also once they were merged into another. */
export async function onTimer(work: Work, timer: DueTimer): Promise<void> {
  const body = Body.parse(JSON.parse(timer.body))
  return 'run' in body ? leadOn(work, body) : leadIn(work, timer, body)
}

/** The customer enters, unless what was to lead them in is over. */
async function leadIn(
  work: Work,
  { key: customerId, dueAt }: DueTimer,
  body: z.infer<typeof EntryBody>
): Promise<void> {
  const { enter, kind, cause = work.cause } = body
  const found = await publishedFlow(work.tx, enter, kind)
  if (!found) return
  await lockKey(work.tx, customerId)
  if (!(await isStillDue(work, { flow: found.flow, customerId, cause }))) return
  const entry = await startRun(work, { customerId, definition: found.definition, cause })
  work.log.info('A moment met a flow', { flow: enter, entry })
  if (entry !== 'paused') return
  const since = body.since === undefined ? dueAt : new Date(body.since)
  const isTooLate = work.now.getTime() - since.getTime() >= LATEST_MS
  // What is looked at anew, such as an absence, holds however late it is; a birthday does not.
  if (isTooLate && !sinceOf(cause)) return
  await enterLater(work, { flow: found.flow, customerId, cause, since, at: addDuration(work.now, AGAIN) })
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
