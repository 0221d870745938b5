import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { AT_ONCE, testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import { beginSuspect, claimEvents, fenceEvent, giveBackEvent, releaseEvents } from './inbox.ts'
import { createIntake } from './intake.ts'
import type { InboxConsumer, InboxEvent } from './types.ts'

const db = useDatabase()
const put = (...events: InboxEvent[]) => createIntake(db()).put(events)
const expireLeases = () => db().query(`UPDATE inbox SET lease_until = now() - interval '1 second'`)
const states = async () =>
  (await db().query<{ state: string }>('SELECT state FROM inbox ORDER BY id')).map((row) => row.state)

describe('the fence', () => {
  test('a worker that lost its lease changes nothing, whichever way it ends', async () => {
    await put(testEvent())
    const [late] = await claimEvents(db(), 1)
    await expireLeases()
    expect(await releaseEvents(db())).toBe(1)
    const [current] = await claimEvents(db(), 1)
    if (!late || !current) return expect.fail('nothing to claim')
    expect(await db().transaction((tx) => fenceEvent(tx, late))).toBe(false)
    await giveBackEvent(db(), late, { next: 'dead', fault: 'late', isOutage: false })
    expect(await states()).toEqual(['running'])
    expect(await db().transaction((tx) => fenceEvent(tx, current))).toBe(true)
    expect(await states()).toEqual(['done'])
  })

  test('an event is done only together with its effect', async () => {
    await put(testEvent())
    const [held] = await claimEvents(db(), 1)
    const work = db().transaction(async (tx) => {
      if (held) await fenceEvent(tx, held)
      throw new Error('the effect failed')
    })
    await expect(work).rejects.toThrow('the effect failed')
    expect(await states()).toEqual(['running'])
  })

  test('a worker that lost its lease while it prepared has no effect', async () => {
    const scope = testScope(db())
    const effects: string[] = []
    let rounds = 0
    const consumer: InboxConsumer = {
      source: 'test',
      async prepare() {
        rounds += 1
        if (rounds > 1) return 'second'
        await expireLeases()
        await releaseEvents(db())
        await testEngine(scope, { consumers: [consumer] }).drain()
        return 'first'
      },
      async handle(_work, _row, prepared) {
        effects.push(String(prepared))
      }
    }
    await put(testEvent())
    await testEngine(scope, { consumers: [consumer] }).drain()
    expect(effects).toEqual(['second'])
    expect(scope.lines.filter((line) => line.message.includes('taken over'))).toHaveLength(1)
  })
})

describe('leases', () => {
  test('an event of a worker that vanished is handled by another', async () => {
    await put(testEvent())
    await claimEvents(db(), 1)
    expect(await releaseEvents(db())).toBe(0)
    await expireLeases()
    expect(await releaseEvents(db())).toBe(1)
    expect(await claimEvents(db(), 1)).toMatchObject([{ attempts: 2 }])
  })

  test('an event that takes its worker down each time dies in the end, and staff are told', async () => {
    await put(testEvent({ eventId: 'bomb' }), testEvent({ eventId: 'next' }))
    for (let attempt = 0; attempt < AT_ONCE.maxAttempts; attempt += 1) {
      const [bomb] = await claimEvents(db(), 1)
      expect(bomb).toMatchObject({ event_id: 'bomb', attempts: attempt + 1, suspect: attempt > 0 })
      if (bomb?.suspect) await beginSuspect(db(), bomb)
      await expireLeases()
      await releaseEvents(db(), { policy: AT_ONCE })
    }
    expect(await states()).toEqual(['dead', 'ready'])
    expect(await db().prisma.outbox.count({ where: { channel: 'slack', key: 'notice' } })).toBe(1)
  })

  test('an event that merely lay in the hands of workers that vanished never dies for it', async () => {
    await put(testEvent())
    for (let loss = 0; loss < 5 * AT_ONCE.maxAttempts; loss += 1) {
      await claimEvents(db(), 1)
      await expireLeases()
      await releaseEvents(db(), { policy: AT_ONCE })
    }
    expect(await states()).toEqual(['ready'])
  })

  test('a suspect event is noted before anything is done with it, and only a suspect one', async () => {
    const notes: (string | null)[] = []
    const note = async () => {
      notes.push(...(await db().prisma.inbox.findMany({ orderBy: { id: 'asc' } })).map((row) => row.lastError))
    }
    const consumer: InboxConsumer = { source: 'test', prepare: note, handle: async () => undefined }
    await put(testEvent())
    await claimEvents(db(), 1)
    await releaseEvents(db(), { all: true })
    await testEngine(testScope(db()), { consumers: [consumer] }).drain()
    await put(testEvent())
    await testEngine(testScope(db()), { consumers: [consumer] }).drain()
    expect(notes).toEqual([expect.stringContaining('begun'), null, null])
    expect(await states()).toEqual(['done', 'done'])
  })

  test('a process that owns the database takes over at once what it left in hand', async () => {
    await put(testEvent())
    await claimEvents(db(), 1)
    expect(await releaseEvents(db(), { all: true })).toBe(1)
    expect(await states()).toEqual(['ready'])
  })
})
