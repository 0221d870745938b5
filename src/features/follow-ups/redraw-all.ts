import { addDuration } from '../../core/time.ts'
import { setTimer } from '../../platform/queue/timers.ts'
import type { Work } from '../../platform/work.ts'
import { show } from './announce.ts'
import { REDRAW } from './schedule.ts'
import { listOpen } from './store/follow-ups.ts'

/** Slack takes 50 updates a minute: this many leave room for what people do meanwhile. */
const CARDS_A_MINUTE = 20

/** Draws the cards of all open follow-ups again, after a change that shows on each: the newest at once, older ones by and by. */
export async function redrawAll(work: Work): Promise<void> {
  const open = await listOpen(work.tx)
  for (const { id } of open.slice(0, CARDS_A_MINUTE)) show(work, id)
  for (const [index, { id, customerId }] of open.slice(CARDS_A_MINUTE).entries()) {
    const dueAt = addDuration(work.now, `${1 + Math.floor(index / CARDS_A_MINUTE)}m`)
    await setTimer(work, { kind: REDRAW, name: `${REDRAW}:${id}`, key: customerId, dueAt, body: id })
  }
}
