import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bucket, createThrottle, RATES, takeToken } from './bucket.ts'

const rate = { calls: 3, perMs: 300 }

test('as many calls as the rate go at once, then one each time a token is back', () => {
  let bucket: Bucket | undefined
  const waits = [0, 0, 0, 0, 0].map((nowMs) => {
    const taken = takeToken(bucket, rate, nowMs)
    bucket = taken.bucket
    return taken.waitMs
  })
  expect(waits).toEqual([0, 0, 0, 100, 200])
})

test('in any window of the rate at most twice its calls go out (a full bucket and its refill), however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 1, maxLength: 60 }), (gaps) => {
      let bucket: Bucket | undefined
      let nowMs = 0
      const goneAt = gaps.map((gap) => {
        nowMs += gap
        const taken = takeToken(bucket, rate, nowMs)
        bucket = taken.bucket
        return nowMs + taken.waitMs
      })
      for (const from of goneAt)
        expect(goneAt.filter((at) => at >= from && at < from + rate.perMs).length).toBeLessThanOrEqual(2 * rate.calls)
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
  expect(waits).toEqual([20 * 60_000])
})
