import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Turns } from './embedded-turns.ts'

const HOLD_MS = 1_000

/** A session that notes what it does; connection "host" may hold it as long as it likes. */
function session() {
  const done: string[] = []
  const turns = new Turns<string>({
    holdMs: (connection) => (connection === 'host' ? undefined : HOLD_MS),
    onHeld: (connection) => {
      done.push(`${connection} is sent away`)
      turns.leave(connection)
    },
    undo: async () => void done.push('undo'),
    onFault: (error) => void done.push(`broken: ${String(error)}`)
  })
  const ask = (by: string, what: string, isFree = true) =>
    turns.ask(by, async () => {
      done.push(`${by} ${what}`)
      return isFree
    })
  return { turns, done, ask }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const settle = () => vi.advanceTimersByTimeAsync(0)

test('steps are carried out in the order in which they were asked for', async () => {
  const { done, ask } = session()
  for (const [by, what] of [
    ['host', 1],
    ['guest', 2],
    ['host', 3]
  ] as const)
    ask(by, String(what))
  await settle()
  expect(done).toEqual(['host 1', 'guest 2', 'host 3'])
})

test('who is in the middle of a transaction has the session to themselves', async () => {
  const { done, ask } = session()
  ask('guest', 'begins', false)
  ask('host', 'asks')
  await settle()
  ask('guest', 'writes', false)
  ask('guest', 'commits')
  await settle()
  expect(done).toEqual(['guest begins', 'guest writes', 'guest commits', 'host asks'])
})

describe('who leaves', () => {
  test('in the middle of a transaction has it undone before anybody else goes on', async () => {
    const { turns, done, ask } = session()
    ask('guest', 'begins', false)
    ask('host', 'asks')
    await settle()
    ask('guest', 'writes', false)
    turns.leave('guest')
    await settle()
    expect(done).toEqual(['guest begins', 'guest writes', 'undo', 'host asks'])
  })

  test('with nothing open leaves nothing to undo, and what they asked for is forgotten', async () => {
    const { turns, done, ask } = session()
    ask('host', 'begins', false)
    ask('guest', 'asks')
    await settle()
    turns.leave('guest')
    ask('host', 'commits')
    await settle()
    expect(done).toEqual(['host begins', 'host commits'])
  })
})

describe('a guest who holds the session too long', () => {
  test('is sent away, and the others go on', async () => {
    const { done, ask } = session()
    ask('guest', 'begins', false)
    ask('host', 'asks')
    await vi.advanceTimersByTimeAsync(HOLD_MS - 1)
    expect(done).toEqual(['guest begins'])
    await vi.advanceTimersByTimeAsync(1)
    expect(done).toEqual(['guest begins', 'guest is sent away', 'undo', 'host asks'])
  })

  test('is sent away when the statement in hand is done, not in the middle of it', async () => {
    const { turns, done, ask } = session()
    const { promise, resolve } = Promise.withResolvers<boolean>()
    turns.ask('guest', () => promise)
    ask('guest', 'goes on', false)
    await vi.advanceTimersByTimeAsync(HOLD_MS * 2)
    expect(done).toEqual([])
    resolve(false)
    await settle()
    expect(done).toEqual(['guest is sent away', 'undo'])
  })

  test('is not sent away for a transaction that is over', async () => {
    const { done, ask } = session()
    ask('guest', 'begins', false)
    ask('guest', 'commits')
    await vi.advanceTimersByTimeAsync(HOLD_MS * 2)
    expect(done).toEqual(['guest begins', 'guest commits'])
  })

  test('the host may hold it as long as they like', async () => {
    const { done, ask } = session()
    ask('host', 'begins', false)
    await vi.advanceTimersByTimeAsync(HOLD_MS * 100)
    ask('host', 'commits')
    await settle()
    expect(done).toEqual(['host begins', 'host commits'])
  })
})

test('a broken session says so and carries out nothing more', async () => {
  const { turns, done, ask } = session()
  turns.ask('host', () => Promise.reject(new Error('no memory')))
  ask('host', 'asks')
  await settle()
  expect(done).toEqual(['broken: Error: no memory'])
})

test("whatever is asked in whatever order: no step falls into somebody else's transaction", async () => {
  const step = fc.record({ by: fc.constantFrom('host', 'a', 'b'), isFree: fc.boolean(), leaves: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let open: string | undefined
      const strangers: string[] = []
      const turns = new Turns<string>({
        holdMs: () => undefined,
        onHeld: () => undefined,
        undo: async () => {
          open = undefined
        },
        onFault: () => strangers.push('fault')
      })
      for (const { by, isFree, leaves } of steps) {
        turns.ask(by, async () => {
          if (open !== undefined && open !== by) strangers.push(by)
          await Promise.resolve()
          open = isFree ? undefined : by
          return isFree
        })
        if (leaves) {
          await settle()
          turns.leave(by)
        }
      }
      await settle()
      expect(strangers).toEqual([])
    })
  )
})
