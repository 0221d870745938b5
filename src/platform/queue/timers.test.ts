import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import type { Database } from '../db/index.ts'
import type { DueTimer, Feature } from '../feature.ts'
import { createPerform } from '../perform.ts'
import { claimEvents } from './inbox.ts'
import { cancelTimer, fireDueTimers, type NewTimer, setTimer, setTimers, timerConsumer } from './timers.ts'

const db = useDatabase()
const START = new Date('2026-11-21T01:00:00Z')
const later = (minutes: number) => new Date(START.getTime() + minutes * 60_000)
const timer = (given: Partial<NewTimer> = {}): NewTimer => ({
  kind: 'flow',
  name: 'flow:run-1:1',
  key: 'customer-a',
  dueAt: later(60),
  ...given
})

function setUp() {
  const scope = testScope(db(), START)
  const fired: (DueTimer & { cause: string })[] = []
  const feature: Feature = {
    name: 'flows',
    timers: {
      flow: async (work, due) => {
        fired.push({ ...due, cause: work.cause })
      },
      broken: async () => {
        throw new Error('no')
      }
    }
  }
  const perform = createPerform({ scope, features: [feature], onCommit: () => undefined })
  const engine = testEngine(scope, { features: [feature], consumers: [timerConsumer([feature])] })
  const set = (given?: Partial<NewTimer>) => perform('test', (work) => setTimer(work, timer(given)))
  return { scope, fired, perform, engine, set }
}

describe('timers', () => {
  test('a timer fires once its business time has come, once, with what it was set with', async () => {
    const { scope, fired, engine, set } = setUp()
    await set({ body: '{"visit":1}' })
    scope.at = later(59)
    await engine.drain()
    expect(fired).toEqual([])
    scope.at = later(60)
    await engine.drain()
    await engine.drain()
    expect(fired).toEqual([
      {
        name: 'flow:run-1:1',
        key: 'customer-a',
        dueAt: later(60),
        body: '{"visit":1}',
        cause: `timer:flow:run-1:1@${later(60).toISOString()}`
      }
    ])
    expect(await db().prisma.timer.count()).toBe(0)
  })

  test('setting a timer again moves it: it fires only at the new time', async () => {
    const { scope, fired, engine, set } = setUp()
    await set()
    await set({ dueAt: later(120), body: '{"moved":true}' })
    scope.at = later(60)
    await engine.drain()
    expect(fired).toEqual([])
    scope.at = later(121)
    await engine.drain()
    expect(fired).toMatchObject([{ dueAt: later(120), body: '{"moved":true}' }])
  })

  test('many are set at once; one of a name that is set already stays as it is', async () => {
    const { scope, fired, engine, perform, set } = setUp()
    await set({ body: '{"first":true}' })
    const many = [timer({ dueAt: later(90) }), timer({ name: 'other', dueAt: later(10) })]
    await perform('test', (work) => setTimers(work, many))
    await perform('test', (work) => setTimers(work, []))
    scope.at = later(60)
    await engine.drain()
    expect(fired).toMatchObject([
      { name: 'other', body: '{}', dueAt: later(10) },
      { name: 'flow:run-1:1', body: '{"first":true}' }
    ])
  })

  test('a timer moved at the moment it falls due fires only at its new time', async () => {
    const { scope, engine, fired, set } = setUp()
    await set()
    scope.at = later(60)
    let statements = 0
    const query: Database['query'] = async (sql, values) => {
      statements += 1
      if (statements === 3) await set({ dueAt: later(90) })
      return db().query(sql, values)
    }
    await fireDueTimers({ ...scope, db: { ...db(), query }, now: () => later(60) })
    await engine.drain()
    expect(fired).toEqual([])
    scope.at = later(90)
    await engine.drain()
    expect(fired).toMatchObject([{ dueAt: later(90) }])
  })

  test('a cancelled timer does not fire; cancelling one that is not there is no error', async () => {
    const { scope, fired, engine, perform, set } = setUp()
    await set()
    await perform('test', async (work) => {
      await cancelTimer(work, 'flow:run-1:1')
      await cancelTimer(work, 'never set')
    })
    scope.at = later(61)
    await engine.drain()
    expect(fired).toEqual([])
  })

  test('a timer of work that failed was never set', async () => {
    const { scope, fired, engine, perform } = setUp()
    const failing = perform('test', async (work) => {
      await setTimer(work, timer())
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    scope.at = later(61)
    await engine.drain()
    expect(fired).toEqual([])
  })

  test('several processes that fire at once hand each timer over once', async () => {
    const { scope, fired, engine, perform } = setUp()
    await perform('test', async (work) => {
      for (let n = 0; n < 40; n += 1) await setTimer(work, timer({ name: `t${n}`, key: `customer-${n}`, dueAt: START }))
    })
    const counts = await Promise.all(Array.from({ length: 4 }, () => fireDueTimers(scope)))
    await engine.drain()
    expect(fired).toHaveLength(40)
    expect(Math.max(...counts)).toBe(40)
    expect(await db().prisma.inbox.count()).toBe(40)
  })

  test('timers of one key fire in the order of their times, however far the clock jumps', async () => {
    const { scope, fired, engine, set } = setUp()
    for (const minutes of [30, 10, 20]) await set({ name: `after ${minutes}`, dueAt: later(minutes) })
    scope.at = later(24 * 60 * 30)
    await engine.drain()
    expect(fired.map((due) => due.name)).toEqual(['after 10', 'after 20', 'after 30'])
  })

  test('of very many only some wait in the inbox, so that what a customer writes is handled before the others', async () => {
    const { scope, perform, fired, engine } = setUp()
    const many = Array.from({ length: 600 }, (_, n) => timer({ name: `t${n}`, key: `customer-${n}`, dueAt: START }))
    await perform('test', (work) => setTimers(work, many))
    expect(await fireDueTimers(scope)).toBe(250)
    expect(await fireDueTimers(scope)).toBe(0)
    const before = await claimEvents(db(), 100)
    expect(before).toHaveLength(100)
    expect(await fireDueTimers(scope)).toBe(100)
    expect(await db().prisma.inbox.count({ where: { state: 'ready' } })).toBe(250)
    await db().query("UPDATE inbox SET state = 'ready', run_at = now() + interval '1 hour' WHERE state = 'running'")
    expect(await fireDueTimers(scope)).toBe(0)
    await engine.drain()
    expect(fired).toHaveLength(500)
    expect(await db().prisma.timer.count()).toBe(0)
  })

  test('what a timer carries is sealed in the inbox', async () => {
    const { scope, set } = setUp()
    await set({ body: '{"run":"secret-run"}', dueAt: START })
    await fireDueTimers(scope)
    expect(JSON.stringify(await claimEvents(db(), 1))).not.toContain('secret-run')
  })

  test('a timer nobody knows any more, or whose handler fails, ends as a dead letter', async () => {
    const { engine, set } = setUp()
    await set({ kind: 'removed', name: 'r', key: 'a', dueAt: START })
    await set({ kind: 'broken', name: 'b', key: 'b', dueAt: START })
    await engine.drain()
    expect(await db().prisma.inbox.count({ where: { state: 'dead' } })).toBe(2)
  })
})
