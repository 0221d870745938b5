import { z } from 'zod'
import { DURATION, durationMs } from '../core/time.ts'

/** From this real instant on, business time was this far ahead of real time. */
export const Jump = z.object({ atMs: z.number(), aheadMs: z.number().min(0) })
export type Jump = z.infer<typeof Jump>

/** Business time that a person can move forward. It never goes back: what happened has happened. */
export interface BusinessClock {
  now(): Date
  aheadMs(): number
  /** Business time at a real instant, now or in the past: what the shop's clock showed then. */
  at(real: Date): Date
  /** The instants to stop at on the way to `duration` ("3d") later, so that what is due on the way happens in order. */
  stops(duration: string): readonly number[] | undefined
  /** Moves business time so far ahead of real time; less than now changes nothing. */
  jumpTo(aheadMs: number): void
  jumps(): readonly Jump[]
}

const HOUR_MS = 3_600_000
const MAX_STOPS = 24
/** Further than a year in one go is a slip of the hand. */
const MAX_ADVANCE_MS = 366 * 24 * HOUR_MS

/** A clock that goes on from earlier jumps; `realNow` is real time. */
export function createClock(earlier: readonly Jump[] = [], realNow: () => Date = () => new Date()): BusinessClock {
  const jumps = [...earlier]
  const aheadMs = (): number => jumps.at(-1)?.aheadMs ?? 0
  return {
    now: () => new Date(realNow().getTime() + aheadMs()),
    aheadMs,
    at(real) {
      const then = jumps.findLast((jump) => jump.atMs <= real.getTime())
      return new Date(real.getTime() + (then?.aheadMs ?? 0))
    },
    stops: (duration) => stopsFor(duration, aheadMs()),
    jumpTo(target) {
      if (target > aheadMs()) jumps.push({ atMs: realNow().getTime(), aheadMs: target })
    },
    jumps: () => jumps
  }
}

/** At most 24 stops, an hour apart or more; undefined when the duration is none, or too long. */
function stopsFor(duration: string, fromMs: number): readonly number[] | undefined {
  if (!DURATION.test(duration)) return undefined
  const totalMs = durationMs(duration)
  if (totalMs === 0 || totalMs > MAX_ADVANCE_MS) return undefined
  const count = Math.max(1, Math.min(MAX_STOPS, Math.floor(totalMs / HOUR_MS)))
  return Array.from({ length: count }, (_, index) => fromMs + Math.round((totalMs * (index + 1)) / count))
}
