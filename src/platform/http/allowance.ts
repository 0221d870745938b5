export interface Allowance {
  /** How many at once, before one has to wait. */
  readonly burst: number
  readonly perMinute: number
  /** A clock that never goes back, in milliseconds. */
  readonly nowMs?: () => number
  /** How many are remembered, default 10,000: the longest silent are forgotten, which only lets more through. */
  readonly maxRemembered?: number
}

/** Counts what each may do; answers how many seconds somebody has to wait, undefined = they may go ahead. */
export function createAllowance({
  burst,
  perMinute,
  nowMs = () => performance.now(),
  maxRemembered = 10_000
}: Allowance): (who: string) => number | undefined {
  const perMs = perMinute / 60_000
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return (who) => {
    const atMs = nowMs()
    const bucket = buckets.get(who) ?? { tokens: burst, atMs }
    const tokens = Math.min(burst, bucket.tokens + (atMs - bucket.atMs) * perMs)
    buckets.delete(who)
    buckets.set(who, { tokens: tokens < 1 ? tokens : tokens - 1, atMs })
    if (buckets.size > maxRemembered) forgetOldest(buckets)
    return tokens >= 1 ? undefined : Math.ceil((1 - tokens) / perMs / 1000)
  }
}

function forgetOldest(buckets: Map<string, unknown>): void {
  const { value: oldest } = buckets.keys().next()
  if (oldest !== undefined) buckets.delete(oldest)
}
