import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { type FollowChange, type FollowState, followState } from './rules/follow-state.ts'
import { followChanges, setBlocked } from './store/customers.ts'

export interface FollowEvent {
  readonly customerId: string
  readonly name: FollowChange['name']
  /** LINE's id and time of the event. */
  readonly eventId: string
  readonly toldAtMs: number
}

/** Records that a customer followed or blocked the account, and whether messages reach them now. */
export async function changeFollow(work: Work, event: FollowEvent): Promise<FollowState> {
  const { customerId, name, eventId, toldAtMs } = event
  const fact = { customerId, name, at: work.now, source: 'line', sourceId: eventId, properties: { tellerMs: toldAtMs } }
  await recordFact(work, fact)
  const state = followState(await followChanges(work.tx, customerId))
  await setBlocked(work.tx, customerId, state.blocked ? work.now : null)
  return state
}

/**
 * Lets messages through again to somebody who wrote (epoch ms) after blocking the account: LINE's word of their following
 * again is late, or never comes.
 */
export async function noteWriting(work: Work, customerId: string, wroteAtMs: number): Promise<void> {
  const blocks = (await followChanges(work.tx, customerId)).filter(({ name }) => name === 'line.unfollowed')
  if (blocks.every(({ tellerMs }) => tellerMs < wroteAtMs)) await setBlocked(work.tx, customerId, null)
}
