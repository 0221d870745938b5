import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { type FollowChange, type FollowState, followState } from './rules/follow-state.ts'
import { accountOf, followChanges, setBlocked } from './store/customers.ts'

export interface FollowEvent {
  readonly customerId: string
  /** Which of their LINE accounts: after a merge they may have two. */
  readonly lineUserId: string
  readonly name: FollowChange['name']
  /** LINE's id and time of the event. */
  readonly eventId: string
  readonly toldAtMs: number
}

/** Records that a customer followed or blocked the account, and whether messages reach them now. */
export async function changeFollow(work: Work, event: FollowEvent): Promise<FollowState> {
  const { customerId, name, eventId, toldAtMs } = event
  const account = accountOf(work.cipher, event)
  const properties = { tellerMs: toldAtMs, account: account.hash }
  const fact = { customerId, name, at: work.now, source: 'line', sourceId: eventId, properties }
  await recordFact(work, fact)
  const state = followState(await followChanges(work.tx, account))
  await setBlocked(work.tx, account, state.blocked ? work.now : null)
  return state
}

/**
 * Lets messages through again to somebody who wrote (epoch ms) after blocking the account: LINE's word of their following
 * again is late, or never comes.
 */
export async function noteWriting(
  work: Work,
  who: { readonly customerId: string; readonly lineUserId: string },
  wroteAtMs: number
): Promise<void> {
  const account = accountOf(work.cipher, who)
  const blocks = (await followChanges(work.tx, account)).filter(({ name }) => name === 'line.unfollowed')
  if (blocks.every(({ tellerMs }) => tellerMs < wroteAtMs)) await setBlocked(work.tx, account, null)
}
