import type { BusinessClock } from './clock.ts'

/**
 * Moves business time on by a duration, stopping on the way so that what is due there happens in order, each at its own
 * time. One journey at a time; false = that is no duration the clock takes.
 */
export function traveller(clock: BusinessClock, tick: () => Promise<void>): (duration: string) => Promise<boolean> {
  let last: Promise<unknown> = Promise.resolve()
  const travel = async (duration: string): Promise<boolean> => {
    const stops = clock.stops(duration)
    if (!stops) return false
    for (const aheadMs of stops) {
      clock.jumpTo(aheadMs)
      await tick()
    }
    return true
  }
  return (duration) => {
    const journey = last.then(() => travel(duration))
    last = journey.catch(() => undefined)
    return journey
  }
}
