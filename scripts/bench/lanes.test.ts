import { expect, test } from 'vitest'
import { measurePace } from './lanes.ts'

/** A clock that only steps move on, and as many steps as were begun. */
function setUp() {
  let ms = 5_000
  const begun: number[] = []
  const step = async (number: number, tookMs: number) => {
    begun.push(number)
    await Promise.resolve()
    ms += tookMs
    return 100
  }
  return { begun, step, nowMs: () => ms }
}

test('what every lane did counts, though their steps were under way at once', async () => {
  const { begun, step, nowMs } = setUp()
  const pace = await measurePace({ seconds: 2, lanes: 4 }, (number) => step(number, 500), nowMs)
  expect(begun).toEqual(expect.arrayContaining([0, 1, 2, 3]))
  expect(pace.done).toBe(begun.length * 100)
})

test('each step has a number of its own, from 0', async () => {
  const { begun, step, nowMs } = setUp()
  await measurePace({ seconds: 2, lanes: 3 }, (number) => step(number, 100), nowMs)
  expect(begun).toEqual(begun.map((_, index) => index))
})

test('a step that ends after the time is over counts with the time it took', async () => {
  const { step, nowMs } = setUp()
  const pace = await measurePace({ seconds: 2, lanes: 1 }, (number) => step(number, 1_500), nowMs)
  expect(pace).toEqual({ done: 200, perSecond: 200 / 3 })
})

test('a step that fails fails the measure', async () => {
  const refused = measurePace({ seconds: 1, lanes: 2 }, () => Promise.reject(new Error('answered with 503')))
  await expect(refused).rejects.toThrow('answered with 503')
})
