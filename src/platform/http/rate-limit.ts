import type { Context, MiddlewareHandler } from 'hono'
import { problem } from './problem.ts'

export interface RateLimitOptions {
  /** Requests an address may make at once, before it has to wait. */
  readonly burst: number
  readonly perMinute: number
  /** Who asks: see `clientAddress`. */
  readonly addressOf: (context: Context) => string
  /** A clock that never goes back, in milliseconds. */
  readonly nowMs?: () => number
  /** How many addresses are remembered, default 10,000: the longest silent are forgotten, which only lets more through. */
  readonly maxAddresses?: number
}

/**
 * Slows down addresses that ask too often, with 429 and Retry-After. For pages anybody can open; never for signed
 * webhooks, which all come from a few addresses and must not be turned away.
 */
export function limitRate({
  burst,
  perMinute,
  addressOf,
  nowMs,
  maxAddresses = 10_000
}: RateLimitOptions): MiddlewareHandler {
  const now = nowMs ?? (() => performance.now())
  const perMs = perMinute / 60_000
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return async (context, next) => {
    const address = addressOf(context)
    const bucket = buckets.get(address) ?? { tokens: burst, atMs: now() }
    const tokens = Math.min(burst, bucket.tokens + (now() - bucket.atMs) * perMs)
    buckets.delete(address)
    buckets.set(address, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: now() })
    if (buckets.size > maxAddresses) forgetOldest(buckets)
    if (tokens >= 1) return next()
    const retryAfterSeconds = Math.ceil((1 - tokens) / perMs / 1000)
    return problem(context, {
      status: 429,
      title: 'Too many requests',
      detail: `Try again in ${retryAfterSeconds} s.`,
      headers: { 'retry-after': String(retryAfterSeconds) }
    })
  }
}

function forgetOldest(buckets: Map<string, unknown>): void {
  const { value: oldest } = buckets.keys().next()
  if (oldest !== undefined) buckets.delete(oldest)
}
