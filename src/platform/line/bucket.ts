/** How many calls of a kind (2 or more) LINE takes in how long (Messaging API, "Rate limits"). */
export interface Rate {
  readonly calls: number
  readonly perMs: number
}

const SECOND_MS = 1000
const HOUR_MS = 3_600_000

/** LINE's limits by kind of call; a kind of its own has a limit of its own. */
export const RATES = {
  message: { calls: 2000, perMs: SECOND_MS },
  multicast: { calls: 200, perMs: SECOND_MS },
  loading: { calls: 100, perMs: SECOND_MS },
  broadcast: { calls: 60, perMs: HOUR_MS },
  richMenu: { calls: 100, perMs: HOUR_MS },
  richMenuBulk: { calls: 3, perMs: HOUR_MS }
} as const satisfies Readonly<Record<string, Rate>>
export type CallKind = keyof typeof RATES

/** Tokens left at an instant of real time (epoch ms). Negative = calls that are waiting for theirs. */
export interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/**
 * Takes one token and says how long to wait before the call. Half of the rate may go at once and the rest comes back
 * evenly, so that no window of `rate.perMs`, wherever it begins, sees more than `rate.calls`.
 */
export function takeToken(bucket: Bucket | undefined, rate: Rate, nowMs: number): { bucket: Bucket; waitMs: number } {
  const burst = Math.max(1, Math.floor(rate.calls / 2))
  const msPerToken = rate.perMs / (rate.calls - burst)
  const elapsedMs = bucket ? Math.max(0, nowMs - bucket.atMs) : 0
  const before = bucket ? Math.min(burst, bucket.tokens + elapsedMs / msPerToken) : burst
  const tokens = before - 1
  return {
    bucket: { tokens, atMs: Math.max(nowMs, bucket?.atMs ?? nowMs) },
    waitMs: Math.max(0, Math.ceil(-tokens * msPerToken))
  }
}

/** Resolves when a call of this kind may be made. */
export type Throttle = (kind: CallKind) => Promise<void>

/** A throttle for one process; `nowMs` and `sleep` are real time. */
export function createThrottle(
  nowMs: () => number = Date.now,
  sleep: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
): Throttle {
  const buckets = new Map<CallKind, Bucket>()
  return async (kind) => {
    const { bucket, waitMs } = takeToken(buckets.get(kind), RATES[kind], nowMs())
    buckets.set(kind, bucket)
    if (waitMs > 0) await sleep(waitMs)
  }
}
