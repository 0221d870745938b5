import type { Attempt } from '../queue/types.ts'

/** A reply token works for about a minute; this leaves time for the call itself. */
const REPLY_FRESH_MS = 50_000
/** LINE remembers a retry key for 24 hours; this leaves time for the call itself. */
const RETRY_KEY_MS = 24 * 3_600_000 - 60_000

export type DeliveryPlan =
  /** LINE took it (it said so, or called the token invalid after a call it may have accepted); only the row was not closed. */
  | { readonly road: 'delivered'; readonly outcome: 'replied' | 'pushed' }
  /** `maybeUsed`: an earlier call may have used the token, so "Invalid reply token" would mean that it arrived. */
  | { readonly road: 'reply'; readonly token: string; readonly maybeUsed: boolean }
  | { readonly road: 'push' }
  /** A reply whose answer was lost, and whose token is too old to ask again: most likely it arrived. */
  | { readonly road: 'presumed_delivered' }
  /** A push may have arrived so long ago that LINE would deliver it again: a person decides. */
  | { readonly road: 'too_late' }

export interface DeliveryFacts {
  readonly reply: { readonly token: string; readonly receivedAt: Date } | undefined
  readonly earlier: readonly Attempt[]
  /** Real time. */
  readonly now: Date
}

/** How to send a message now: as a free reply while that can be, else as a push, and never twice. */
export function planDelivery({ reply, earlier, now }: DeliveryFacts): DeliveryPlan {
  const taken = earlier.find((attempt) => attempt.result === 'accepted')
  if (taken) return { road: 'delivered', outcome: taken.method === 'reply' ? 'replied' : 'pushed' }
  const replies = earlier.filter((attempt) => attempt.method === 'reply')
  const pushed = earlier.some((attempt) => attempt.method === 'push')
  if (!pushed && wasUsedByUs(replies)) return { road: 'delivered', outcome: 'replied' }
  const lost = replies.some((attempt) => attempt.result === 'unknown')
  // Once LINE took the token for invalid, or a push was tried, the reply is behind us.
  const moved = pushed || replies.some(isPlainRefusal)
  if (reply && !moved) {
    if (ageMs(reply.receivedAt, now) <= REPLY_FRESH_MS)
      return { road: 'reply', token: reply.token, maybeUsed: replies.some(isMaybeAccepted) }
    if (lost) return { road: 'presumed_delivered' }
  }
  const firstDoubt = earlier.find((attempt) => attempt.method === 'push' && isMaybeAccepted(attempt))
  return firstDoubt && ageMs(firstDoubt.startedAt, now) > RETRY_KEY_MS ? { road: 'too_late' } : { road: 'push' }
}

/** The process may have ended between hearing that the token is invalid and closing the row. */
function wasUsedByUs(replies: readonly Attempt[]): boolean {
  const refusal = replies.findIndex(isPlainRefusal)
  return refusal > 0 && replies.slice(0, refusal).some(isMaybeAccepted)
}

/** LINE may have accepted it although we were not told so. */
function isMaybeAccepted({ result, status }: Attempt): boolean {
  return result === 'unknown' || (result === 'refused' && status !== undefined && status >= 500)
}

function isPlainRefusal({ result, status }: Attempt): boolean {
  return result === 'refused' && status === 400
}

function ageMs(from: Date, to: Date): number {
  return to.getTime() - from.getTime()
}
