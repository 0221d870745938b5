import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../queue/types.ts'
import { createPace } from './pace.ts'

/** A pace whose sleeping moves the clock. */
function paced(options: { burst: number; everyMs: number; maxWaitMs: number }) {
  const clock = { ms: 0 }
  const slept: number[] = []
  const sleep = async (ms: number) => void slept.push(ms)
  return { clock, slept, pace: createPace({ ...options, nowMs: () => clock.ms, sleep }) }
}

describe('the pace of a channel', () => {
  it('lets a burst through at once and then one at a time', async () => {
    const { pace, slept } = paced({ burst: 3, everyMs: 1000, maxWaitMs: 5000 })
    for (let call = 0; call < 5; call += 1) await pace.turn('C1')
    expect(slept).toEqual([1000, 2000])
  })

  it('gives the burst back after a quiet time', async () => {
    const { pace, slept, clock } = paced({ burst: 2, everyMs: 1000, maxWaitMs: 5000 })
    for (let call = 0; call < 2; call += 1) await pace.turn('C1')
    clock.ms += 2000
    for (let call = 0; call < 2; call += 1) await pace.turn('C1')
    expect(slept).toEqual([])
  })

  it('leaves other channels alone', async () => {
    const { pace, slept } = paced({ burst: 1, everyMs: 1000, maxWaitMs: 5000 })
    await pace.turn('C1')
    await pace.turn('C2')
    expect(slept).toEqual([])
  })

  it('sends callers back to the queue rather than letting them wait long, and without taking their turn', async () => {
    const { pace } = paced({ burst: 1, everyMs: 3000, maxWaitMs: 4000 })
    await pace.turn('C1')
    await pace.turn('C1')
    const refusal = { retry: 'later', answered: true, counts: false, retryAfterSeconds: 6 }
    await expect(pace.turn('C1')).rejects.toMatchObject(refusal)
    await expect(pace.turn('C1')).rejects.toMatchObject({ ...refusal, retryAfterSeconds: 9 })
  })

  it('hundreds at once are sent away about once each, and all get their turn', async () => {
    const { pace, clock } = paced({ burst: 5, everyMs: 1000, maxWaitMs: 4000 })
    let turnedAway = 0
    const waiting = Array.from({ length: 400 }, () => 0)
    while (waiting.length > 0) {
      clock.ms = Math.max(clock.ms, ...waiting.splice(0, 1))
      const refused = await pace.turn('C1').catch((error: unknown) => error)
      if (!(refused instanceof DeliveryError)) continue
      turnedAway += 1
      waiting.push(clock.ms + (refused.retryAfterSeconds ?? 0) * 1000)
      waiting.sort((one, other) => one - other)
    }
    expect(turnedAway).toBeLessThan(2 * 400)
  })

  it('is silent for as long as a 429 asked', async () => {
    const { pace, clock, slept } = paced({ burst: 3, everyMs: 1000, maxWaitMs: 4000 })
    pace.pause('C1', 30)
    await expect(pace.turn('C1')).rejects.toMatchObject({ retryAfterSeconds: 30 })
    clock.ms += 30_000
    await pace.turn('C1')
    expect(slept).toEqual([])
  })

  it('never lets more through than burst + elapsed / every, in whatever stretch of time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 40 }),
        async (burst, gaps) => {
          const sent = await sendTimes(burst, gaps)
          for (const [first, from] of sent.entries()) {
            for (const [more, to] of sent.slice(first).entries()) {
              expect(more + 1).toBeLessThanOrEqual(burst + (to - from) / 1000)
            }
          }
        }
      )
    )
  })
})

/** When the calls that were let through went out, earliest first; `gaps` are the milliseconds between callers. */
async function sendTimes(burst: number, gaps: readonly number[]): Promise<number[]> {
  const { pace, clock, slept } = paced({ burst, everyMs: 1000, maxWaitMs: 4000 })
  const sent: number[] = []
  for (const gap of gaps) {
    clock.ms += gap
    slept.length = 0
    const refused = await pace.turn('C1').catch((error: unknown) => error)
    if (!refused) sent.push(clock.ms + (slept[0] ?? 0))
  }
  return sent.sort((a, b) => a - b)
}
