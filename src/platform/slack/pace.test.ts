import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
    const refusal = expect.objectContaining({ retry: 'later', answered: true, retryAfterSeconds: 6 })
    await expect(pace.turn('C1')).rejects.toEqual(refusal)
    await expect(pace.turn('C1')).rejects.toEqual(refusal)
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
