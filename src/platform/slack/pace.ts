import { DeliveryError } from '../queue/types.ts'

/** A rate, as a burst and a steady pace. */
export interface PaceOptions {
  /** How many may go out at once after a quiet time. */
  readonly burst: number
  /** Milliseconds between two afterwards. */
  readonly everyMs: number
  /** Waiting longer than this is left to the outbox. */
  readonly maxWaitMs: number
  /** Real time, epoch milliseconds. */
  readonly nowMs?: () => number
  readonly sleep?: (ms: number) => Promise<void>
}

/** Keeps to what Slack allows for each channel, and stays quiet there for as long as a 429 asks. */
export interface Pace {
  /** Resolves when it is this call's turn; throws DeliveryError "later" when that is too far away. */
  turn(channel: string): Promise<void>
  /** No calls for this channel until then. */
  pause(channel: string, seconds: number): void
}

const sleeping = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One queue for each channel, as a virtual schedule: `free` is when its next call is due if calls came evenly. */
export function createPace(options: PaceOptions): Pace {
  const { burst, everyMs, maxWaitMs, nowMs = Date.now, sleep = sleeping } = options
  const free = new Map<string, number>()
  /** Where the line of those who were sent away ends. */
  const ends = new Map<string, number>()
  const paused = new Map<string, number>()
  return {
    async turn(channel) {
      const now = nowMs()
      const due = Math.max(free.get(channel) ?? 0, now)
      const waitMs = Math.max(due - now - (burst - 1) * everyMs, (paused.get(channel) ?? 0) - now, 0)
      if (waitMs > maxWaitMs) {
        // One after another, so that hundreds do not come back at once only to be sent away again.
        const backAt = Math.max(now + waitMs, ends.get(channel) ?? 0)
        ends.set(channel, backAt + everyMs)
        const retryAfterSeconds = Math.ceil((backAt - now) / 1000)
        const how = { retry: 'later', answered: true, counts: false, retryAfterSeconds } as const
        throw new DeliveryError('Keeping to the rate Slack allows for this channel', how)
      }
      free.set(channel, due + everyMs)
      if (waitMs > 0) await sleep(waitMs)
    },
    pause(channel, seconds) {
      paused.set(channel, nowMs() + seconds * 1000)
    }
  }
}
