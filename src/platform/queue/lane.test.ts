import { describe, expect, test } from 'vitest'
import { createLanes, createPump, type PumpParts } from './lane.ts'

/** Rows that end when the test says so. */
function setUp(rows: number, given: Partial<PumpParts<number>> = {}) {
  const waiting = Array.from({ length: rows }, (_, n) => n)
  const running = new Map<number, () => void>()
  const claims: number[] = []
  const faults: unknown[] = []
  let most = 0
  const pump = createPump<number>({
    capacity: 3,
    async claim(count) {
      claims.push(count)
      return waiting.splice(0, count)
    },
    process(row) {
      return new Promise<void>((resolve) => {
        running.set(row, () => {
          running.delete(row)
          resolve()
        })
        most = Math.max(most, running.size)
      })
    },
    onFault: (error) => faults.push(error),
    isFollowed: () => false,
    renew: async () => undefined,
    ...given
  })
  return { pump, running, claims, faults, waiting, most: () => most }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a pump', () => {
  test('never holds more rows than it can work on', async () => {
    const { pump, running, most } = setUp(20)
    let count: number | undefined
    const drained = pump.drained().then((processed) => {
      count = processed
    })
    while (count === undefined) {
      await turn()
      ;[...running.values()][0]?.()
    }
    await drained
    expect(count).toBe(20)
    expect(most()).toBe(3)
  })

  test('one row that never ends does not keep the others from being worked on', async () => {
    const { pump, running, waiting } = setUp(10)
    pump.wake()
    while (waiting.length > 0 || running.size > 1) {
      await turn()
      for (const [row, end] of running) if (row !== 0) end()
    }
    expect([...running.keys()]).toEqual([0])
  })

  test('being woken while it looks makes it look again: no row is missed', async () => {
    let answer: (rows: number[]) => void = () => undefined
    const looks: number[] = []
    const { pump } = setUp(0, {
      claim: (count) => {
        looks.push(count)
        return new Promise((resolve) => {
          answer = resolve
        })
      }
    })
    pump.wake()
    pump.wake()
    pump.wake()
    expect(looks).toHaveLength(1)
    answer([])
    await turn()
    expect(looks).toHaveLength(2)
    answer([])
    await turn()
    expect(looks).toHaveLength(2)
  })

  test('looks again after a row only when something may have become free', async () => {
    const { pump, running, claims } = setUp(1)
    const end = async (row: number) => {
      running.get(row)?.()
      await turn()
    }
    pump.wake()
    await turn()
    await end(0)
    expect(claims).toHaveLength(1)

    const followed = setUp(1, { isFollowed: () => true })
    followed.pump.wake()
    await turn()
    followed.running.get(0)?.()
    await turn()
    expect(followed.claims).toHaveLength(2)

    const woken = setUp(1)
    woken.pump.wake()
    await turn()
    // What was stored now may be of the key of the row in hand, and is passed over until that is settled.
    woken.pump.wake()
    await turn()
    woken.running.get(0)?.()
    await turn()
    expect(woken.claims).toHaveLength(3)
  })

  test('a claim or a row that fails is reported and stops nothing', async () => {
    let fail = true
    const { pump, faults } = setUp(0, {
      claim: async () => {
        if (fail) throw new Error('claim')
        return []
      }
    })
    await pump.drained()
    fail = false
    await pump.drained()
    expect(faults).toMatchObject([{ message: 'claim' }])

    const failing = setUp(5, { process: () => Promise.reject(new Error('row')) })
    expect(await failing.pump.drained()).toBe(5)
    expect(failing.faults).toHaveLength(5)
  })

  test('renews the leases of exactly what is in hand', async () => {
    const renewed: (readonly number[])[] = []
    const { pump, running } = setUp(5, {
      renew: async (rows) => {
        renewed.push(rows)
      }
    })
    pump.wake()
    await turn()
    await pump.renew()
    running.get(1)?.()
    await turn()
    await pump.renew()
    expect(renewed).toEqual([
      [0, 1, 2],
      [0, 2, 3]
    ])
  })

  test('draining a source that never runs dry ends when its time is up', async () => {
    let next = 0
    const { pump } = setUp(0, {
      claim: async (count) => Array.from({ length: count }, () => next++),
      process: turn
    })
    expect(await pump.drained(performance.now() + 30)).toBeGreaterThan(0)
    await pump.stop()
  })

  test('a stopped pump takes nothing more', async () => {
    const { pump, claims } = setUp(5)
    await pump.stop()
    pump.wake()
    expect(await pump.drained()).toBe(0)
    expect(claims).toEqual([])
  })
})

test('lanes let in as many as there are, in the order of arrival, and a failure frees its lane', async () => {
  const lanes = createLanes(2)
  const order: string[] = []
  let inside = 0
  const works = [1, 2, 3, 4, 5].map((n) =>
    lanes.enter(async () => {
      inside += 1
      order.push(`${n} of ${inside}`)
      await turn()
      inside -= 1
      if (n === 2) throw new Error('no')
    })
  )
  const results = await Promise.allSettled(works)
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled'
  ])
  expect(order.map((entry) => entry[0])).toEqual(['1', '2', '3', '4', '5'])
  expect(Math.max(...order.map((entry) => Number(entry.at(-1))))).toBe(2)
})
