import { cancelTimer, setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { nextReminder } from './rules/request.ts'
import type { RightsRequest } from './store.ts'

export const RECORD_TYPE = 'rights_request'
/** Kinds of this room's timers; their body is the request's id. */
export const RUN = 'rights.run'
export const REMIND = 'rights.remind'

/** Brings timers and card in line with a request that has just changed. */
export async function arrange(work: Work, request: RightsRequest): Promise<void> {
  const { id, state, runAt, dueAt } = request
  await schedule(work, RUN, { id, dueAt: state === 'scheduled' || state === 'running' ? runAt : null })
  const remindAt = state === 'waiting' ? nextReminder(dueAt, work.now) : undefined
  await schedule(work, REMIND, { id, dueAt: remindAt ?? null })
  if (state !== 'wording') showCard(work, id)
}

/** Looks again at a request at a time. */
export async function scheduleRun(work: Work, id: string, dueAt: Date): Promise<void> {
  await schedule(work, RUN, { id, dueAt })
}

/** Draws the request's card again. */
export function showCard(work: Work, id: string): void {
  work.slack({ kind: 'card', record: { type: RECORD_TYPE, id } })
}

/** Says something under the request's card, and in the channel: staff are asked to act. */
export function callStaff(work: Work, id: string, text: string): void {
  work.slack({ kind: 'thread', record: { type: RECORD_TYPE, id }, text, toAll: true })
}

interface Due {
  readonly id: string
  readonly dueAt: Date | null
}

async function schedule(work: Work, kind: string, { id, dueAt }: Due): Promise<void> {
  const name = `${kind}:${id}`
  // Not the customer's key: an erasure forgets what waits under that, and this is what carries it out.
  if (dueAt) await setTimer(work, { kind, name, key: `rights:${id}`, dueAt, body: id })
  else await cancelTimer(work, name)
}
