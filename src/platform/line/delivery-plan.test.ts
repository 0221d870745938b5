import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Attempt } from '../queue/types.ts'
import { planDelivery } from './delivery-plan.ts'

const now = new Date('2026-11-21T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const HOUR = 3600
const attempt = (
  method: string,
  result: Attempt['result'],
  more: { status?: number; seconds?: number } = {}
): Attempt => ({
  method,
  result,
  status: more.status,
  detail: undefined,
  startedAt: ago(more.seconds ?? 10)
})
const fresh = { token: 'T', receivedAt: ago(50) }
const stale = { token: 'T', receivedAt: ago(51) }
const lostReply = attempt('reply', 'unknown')
const invalidToken = attempt('reply', 'refused', { status: 400 })
const lineDown = attempt('reply', 'refused', { status: 503 })
const unreached = attempt('reply', 'refused')
const lostPush = (seconds: number) => attempt('push', 'unknown', { seconds })

test.each<[string, typeof fresh | undefined, Attempt[], object]>([
  ['no token', undefined, [], { road: 'push' }],
  ['a token of 50 s', fresh, [], { road: 'reply', token: 'T', maybeUsed: false }],
  ['a token of 51 s', stale, [], { road: 'push' }],
  ['a fresh token whose answer was lost', fresh, [lostReply], { road: 'reply', maybeUsed: true }],
  ['a stale token whose answer was lost', stale, [lostReply], { road: 'presumed_delivered' }],
  ['a fresh token LINE called invalid', fresh, [invalidToken], { road: 'push' }],
  ['a stale token LINE called invalid', stale, [invalidToken], { road: 'push' }],
  ['a token LINE called invalid after a lost answer', fresh, [lostReply, invalidToken], { road: 'delivered' }],
  ['the same, long ago', stale, [lostReply, invalidToken], { road: 'delivered' }],
  ['the same, after LINE was down', stale, [lineDown, invalidToken], { road: 'delivered' }],
  ['a token LINE called invalid before LINE was down', stale, [invalidToken, lineDown], { road: 'push' }],
  ['a fresh token while LINE is down', fresh, [lineDown], { road: 'reply', maybeUsed: true }],
  ['a stale token after LINE was down', stale, [lineDown, lineDown], { road: 'push' }],
  ['a fresh token, LINE never reached', fresh, [unreached], { road: 'reply', maybeUsed: false }],
  ['a stale token, LINE never reached', stale, [unreached], { road: 'push' }],
  ['a fresh token but a push tried', fresh, [invalidToken, lostPush(5)], { road: 'push' }],
  ['a reply LINE took, its end not written down', fresh, [attempt('reply', 'accepted')], { outcome: 'replied' }],
  ['the same when the token is stale', stale, [lostReply, attempt('reply', 'accepted')], { outcome: 'replied' }],
  ['a push LINE took', stale, [invalidToken, attempt('push', 'accepted')], { road: 'delivered', outcome: 'pushed' }],
  ['a push lost 23 h ago', undefined, [lostPush(23 * HOUR)], { road: 'push' }],
  ['a push lost 25 h ago', undefined, [lostPush(25 * HOUR), lostPush(60)], { road: 'too_late' }],
  [
    'a push that met a 500 25 h ago',
    undefined,
    [attempt('push', 'refused', { status: 500, seconds: 25 * HOUR })],
    { road: 'too_late' }
  ],
  [
    'a push that met the rate limit 25 h ago',
    undefined,
    [attempt('push', 'refused', { status: 429, seconds: 25 * HOUR })],
    { road: 'push' }
  ],
  [
    'a push that never reached LINE 25 h ago',
    undefined,
    [attempt('push', 'refused', { seconds: 25 * HOUR })],
    { road: 'push' }
  ]
])('%s', (_, reply, earlier, plan) => {
  expect(planDelivery({ reply, earlier, now })).toMatchObject(plan)
})

const anyAttempt = fc
  .record({
    method: fc.constantFrom('reply', 'push'),
    result: fc.constantFrom<Attempt['result'][]>('unknown', 'refused'),
    status: fc.constantFrom(undefined, 400, 429, 500, 503),
    seconds: fc.nat(48 * HOUR)
  })
  .map(({ method, result, ...more }) =>
    attempt(method, result, more.status === undefined ? { seconds: more.seconds } : { ...more, status: more.status })
  )

test('a token that may have been used is never followed by a push, unless LINE called it invalid before that', () => {
  fc.assert(
    fc.property(fc.array(anyAttempt), fc.nat(100), (earlier, seconds) => {
      const plan = planDelivery({ reply: { token: 'T', receivedAt: ago(seconds) }, earlier, now })
      const firstDoubt = earlier.findIndex(({ method, result }) => method === 'reply' && result === 'unknown')
      const ruledOut = earlier.some(
        ({ method, result, status }, at) =>
          method === 'push' || (result === 'refused' && status === 400 && at < firstDoubt)
      )
      if (firstDoubt >= 0 && !ruledOut) expect(plan.road).not.toBe('push')
    })
  )
})

test('a push that may have arrived is not sent again once LINE has forgotten its key', () => {
  fc.assert(
    fc.property(fc.array(anyAttempt), (earlier) => {
      const plan = planDelivery({ reply: undefined, earlier, now })
      const doubts = earlier.filter(
        ({ method, result, status }) => method === 'push' && (result === 'unknown' || (status ?? 0) >= 500)
      )
      const first = doubts[0]
      if (first && now.getTime() - first.startedAt.getTime() > 24 * HOUR * 1000) expect(plan.road).toBe('too_late')
    })
  )
})
