import type { Context, MiddlewareHandler } from 'hono'
import { type Allowance, createAllowance } from './allowance.ts'
import { problem } from './problem.ts'

export interface RateLimitOptions extends Allowance {
  /** Who asks: see `addressOf`. */
  readonly addressOf: (context: Context) => string
}

/**
 * Slows down addresses that ask too often, with 429 and Retry-After. For pages anybody can open; never for signed
 * webhooks, which all come from a few addresses and must not be turned away.
 */
export function limitRate({ addressOf, ...allowance }: RateLimitOptions): MiddlewareHandler {
  const waitSeconds = createAllowance(allowance)
  return async (context, next) => {
    const wait = waitSeconds(addressOf(context))
    return wait === undefined ? next() : tooMany(context, wait)
  }
}

/** 429, and when to come again. */
export function tooMany(context: Context, retryAfterSeconds: number): Response {
  return problem(context, {
    status: 429,
    title: 'Too many requests',
    detail: `Try again in ${retryAfterSeconds} s.`,
    headers: { 'retry-after': String(retryAfterSeconds) }
  })
}
