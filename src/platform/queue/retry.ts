/** How often and how long a failing row is tried. */
export interface RetryPolicy {
  readonly firstMs: number
  readonly longestMs: number
  readonly maxAttempts: number
  /** How long a message may go on whose first try may have been delivered. */
  readonly maxUnsureMs: number
}

/** About half a minute in all: an event is answered while its sender still waits, or shown to people. */
export const INBOX_RETRY: RetryPolicy = { firstMs: 500, longestMs: 10_000, maxAttempts: 6, maxUnsureMs: Infinity }

/**
 * While the database is not at its work, about four hours: soon enough for a reply token at first, and no burden for it. An
 * event that meets the same locked table even then is no outage any more.
 */
export const OUTAGE_RETRY: RetryPolicy = { firstMs: 2_000, longestMs: 60_000, maxAttempts: 300, maxUnsureMs: Infinity }

/** A channel may be down for hours. LINE remembers a retry key for 24 hours: what may have arrived is not sent again after that. */
export const OUTBOX_RETRY: RetryPolicy = {
  firstMs: 1_000,
  longestMs: 300_000,
  maxAttempts: 1_000,
  maxUnsureMs: 24 * 3_600_000
}

/** What is known of a try that failed. `random` is 0–1 and spreads rows that failed together. */
export interface FailedTry {
  readonly attempts: number
  readonly unsureMs: number
  readonly retry: 'never' | 'later'
  readonly retryAfterSeconds: number | undefined
  readonly random: number
}

/** Milliseconds until the next try, or "dead" when there is to be none. A Retry-After is never undercut. */
export function nextTry(policy: RetryPolicy, failed: FailedTry): number | 'dead' {
  if (failed.retry === 'never' || failed.attempts >= policy.maxAttempts || failed.unsureMs >= policy.maxUnsureMs)
    return 'dead'
  if (failed.retryAfterSeconds !== undefined) {
    return Math.max(0, failed.retryAfterSeconds) * 1_000 * (1 + failed.random / 10)
  }
  const backoffMs = Math.min(policy.longestMs, policy.firstMs * 2 ** (failed.attempts - 1))
  return backoffMs * (0.5 + failed.random / 2)
}
