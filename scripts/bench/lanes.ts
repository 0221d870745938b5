export interface LanePlan {
  readonly seconds: number
  /** Steps under way at once. */
  readonly lanes: number
}

export interface Pace {
  readonly done: number
  readonly perSecond: number
}

/**
 * How much all lanes do together. Each takes the next step until the time is over, and the clock stops with the last step
 * that had begun by then. `step` is told its number, from 0, and answers how much it did.
 */
export async function measurePace(
  { seconds, lanes }: LanePlan,
  step: (number: number) => Promise<number>,
  nowMs: () => number = () => performance.now()
): Promise<Pace> {
  const startMs = nowMs()
  const endMs = startMs + seconds * 1_000
  let next = 0
  let done = 0
  const lane = async () => {
    while (nowMs() < endMs) {
      // Not "done += await": that adds to what was done before the step, and forgets the other lanes meanwhile.
      const some = await step(next++)
      done += some
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { done, perSecond: (done * 1_000) / (nowMs() - startMs) }
}
