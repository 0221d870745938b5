import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClock } from './clock.ts'
import { traveller } from './travel.ts'

const HOUR_MS = 3_600_000
const start = new Date('2026-11-21T03:00:00Z')

function movableReal() {
  let ms = start.getTime()
  return { now: () => new Date(ms), pass: (by: number) => (ms += by) }
}

describe('the clock', () => {
  test('business time never goes back, whatever is asked of it', () => {
    const step = fc.record({ pass: fc.nat(HOUR_MS), jump: fc.integer({ min: -HOUR_MS, max: 10 * HOUR_MS }) })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const real = movableReal()
        const clock = createClock([], real.now)
        let before = clock.now()
        for (const { pass, jump } of steps) {
          real.pass(pass)
          clock.jumpTo(jump)
          expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime())
          before = clock.now()
        }
      })
    )
  })

  test('what happened before a jump keeps the time it had', () => {
    const real = movableReal()
    const clock = createClock([], real.now)
    real.pass(1000)
    clock.jumpTo(3 * HOUR_MS)
    expect(clock.at(start)).toEqual(start)
    expect(clock.at(real.now())).toEqual(new Date(real.now().getTime() + 3 * HOUR_MS))
  })

  test('it goes on where it was after a restart', () => {
    const first = createClock([], () => start)
    first.jumpTo(HOUR_MS)
    expect(createClock([...first.jumps()], () => start).now()).toEqual(first.now())
  })

  test('stops lead to the goal in order, at most 24 of them and an hour apart or more', () => {
    const duration = fc.oneof(
      fc.integer({ min: 1, max: 366 }).map((n) => `${n}d`),
      fc.integer({ min: 1, max: 8000 }).map((n) => `${n}h`)
    )
    fc.assert(
      fc.property(duration, (given) => {
        const stops = createClock([], () => start).stops(given) ?? []
        const hours = Number(given.slice(0, -1)) * (given.endsWith('d') ? 24 : 1)
        expect(stops.at(-1)).toBe(hours * HOUR_MS)
        expect(stops.length).toBeLessThanOrEqual(24)
        const gaps = stops.map((stop, index) => stop - (stops[index - 1] ?? 0))
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(HOUR_MS - 1)
      })
    )
  })

  test.each(['', '3', '3 days', '-1d', '0d', '367d', '99999d', '1e9d'])('%j is no way to go', (duration) =>
    expect(createClock().stops(duration)).toBeUndefined()
  )
})

describe('travelling', () => {
  test('what is due on the way happens at its own time, in order', async () => {
    const clock = createClock([], () => start)
    const ticks: number[] = []
    const travel = traveller(clock, async () => {
      ticks.push(clock.aheadMs() / HOUR_MS)
    })
    expect(await travel('3h')).toBe(true)
    expect(ticks).toEqual([1, 2, 3])
  })

  test('two journeys at once happen one after the other', async () => {
    const clock = createClock([], () => start)
    const travel = traveller(clock, () => new Promise((resolve) => setImmediate(resolve)))
    await Promise.all([travel('1d'), travel('2d')])
    expect(clock.aheadMs()).toBe(72 * HOUR_MS)
  })

  test('a tick that fails is told, and does not stop the next journey', async () => {
    const clock = createClock([], () => start)
    let fails = true
    const travel = traveller(clock, async () => {
      if (fails) throw new Error('no database')
    })
    await expect(travel('1h')).rejects.toThrow('no database')
    fails = false
    expect(await travel('1h')).toBe(true)
  })
})
