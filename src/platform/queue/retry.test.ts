import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FailedTry, INBOX_RETRY, nextTry, OUTAGE_RETRY, OUTBOX_RETRY, type RetryPolicy } from './retry.ts'

const failed = (given: Partial<FailedTry>): FailedTry => ({
  attempts: 1,
  unsureMs: 0,
  retry: 'later',
  retryAfterSeconds: undefined,
  random: 0,
  ...given
})

describe('when a failing row is tried again', () => {
  test.each([
    { policy: INBOX_RETRY, given: { attempts: 1, random: 1 }, next: 500 },
    { policy: INBOX_RETRY, given: { attempts: 2, random: 1 }, next: 1_000 },
    { policy: INBOX_RETRY, given: { attempts: 2, random: 0 }, next: 500 },
    { policy: INBOX_RETRY, given: { attempts: 6 }, next: 'dead' },
    { policy: OUTBOX_RETRY, given: { attempts: 4, random: 1 }, next: 8_000 },
    { policy: OUTBOX_RETRY, given: { attempts: 30, random: 1 }, next: 300_000 },
    { policy: OUTBOX_RETRY, given: { attempts: 1_000 }, next: 'dead' },
    { policy: OUTBOX_RETRY, given: { unsureMs: 24 * 3_600_000 }, next: 'dead' },
    { policy: OUTBOX_RETRY, given: { retry: 'never' }, next: 'dead' },
    { policy: OUTBOX_RETRY, given: { attempts: 30, retryAfterSeconds: 2, random: 0 }, next: 2_000 },
    { policy: OUTBOX_RETRY, given: { retryAfterSeconds: 0 }, next: 0 }
  ] as const)('$given gives $next', ({ policy, given, next }) => {
    expect(nextTry(policy, failed(given))).toBe(next)
  })

  test('a channel that is down for 20 hours kills no message', () => {
    let unsureMs = 0
    for (let attempts = 1; unsureMs < 20 * 3_600_000; attempts += 1) {
      const next = nextTry(OUTBOX_RETRY, failed({ attempts, unsureMs, random: 0 }))
      if (next === 'dead') expect.fail(`dead after ${attempts} attempts, ${unsureMs / 3_600_000} hours`)
      unsureMs += next
    }
  })

  /** Each wait until it is dead, in milliseconds. */
  const waits = (policy: RetryPolicy, random: number): number[] => {
    const each: number[] = []
    for (;;) {
      const next = nextTry(policy, failed({ attempts: each.length + 1, random }))
      if (next === 'dead') return each
      each.push(next)
    }
  }

  test('an outage of two hours kills no event, one of half a day does; at first a reply token is met', () => {
    const total = (random: number) => waits(OUTAGE_RETRY, random).reduce((sum, ms) => sum + ms, 0) / 3_600_000
    expect(total(0)).toBeGreaterThan(2)
    expect(total(1)).toBeLessThan(12)
    expect(
      waits(OUTAGE_RETRY, 1)
        .slice(0, 4)
        .reduce((sum, ms) => sum + ms, 0)
    ).toBeLessThan(50_000)
  })

  test('the wait is never longer than the policy allows and never shorter than Retry-After', () => {
    const some = fc.record({
      attempts: fc.integer({ min: 1, max: 999 }),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 3_600 }), { nil: undefined })
    })
    fc.assert(
      fc.property(some, (given) => {
        const next = nextTry(OUTBOX_RETRY, failed(given))
        if (next === 'dead') return false
        if (given.retryAfterSeconds !== undefined) return next >= given.retryAfterSeconds * 1_000
        return next >= 0 && next <= OUTBOX_RETRY.longestMs
      })
    )
  })
})
