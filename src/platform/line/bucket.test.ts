import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bucket, createThrottle, RATES, takeToken } from './bucket.ts'

const rate = { calls: 6, perMs: 300 }

/** When calls asked for after these pauses go out. */
function departures(pausesMs: readonly number[]): number[] {
  let bucket: Bucket | undefined
  let nowMs = 0
  return pausesMs.map((pauseMs) => {
    nowMs += pauseMs
    const taken = takeToken(bucket, rate, nowMs)
    bucket = taken.bucket
    return nowMs + taken.waitMs
  })
}

test('half of the rate goes at once, then one each time a token is back', () => {
  expect(departures([0, 0, 0, 0, 0])).toEqual([0, 0, 0, 100, 200])
})

test('a long pause saves up no more than a full bucket', () => {
  const goneAt = departures([0, 3_600_000, 0, 0, 0, 0])
  expect(goneAt.map((at) => at - 3_600_000).slice(1)).toEqual([0, 0, 0, 100, 200])
})

test('no window of time sees more calls than LINE takes, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(2000)), { minLength: 1, maxLength: 80 }), (pausesMs) => {
      const goneAt = departures(pausesMs)
      for (const from of goneAt)
        expect(goneAt.filter((at) => at >= from && at < from + rate.perMs).length).toBeLessThanOrEqual(rate.calls)
    })
  )
})

test('a clock that goes back neither refills nor blocks the bucket', () => {
  const first = takeToken(undefined, rate, 1000)
  const second = takeToken(first.bucket, rate, 0)
  expect(second).toEqual({ bucket: { tokens: 1, atMs: 1000 }, waitMs: 0 })
})

test('each kind of call waits for its own limit only', async () => {
  const waits: number[] = []
  const throttle = createThrottle(
    () => 0,
    async (ms) => void waits.push(ms)
  )
  for (let call = 0; call <= RATES.richMenuBulk.calls; call += 1) await throttle('richMenuBulk')
  await throttle('message')
  expect(waits).toEqual([30, 60, 90].map((minutes) => minutes * 60_000))
})
