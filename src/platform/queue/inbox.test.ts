import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import { claimEvents, giveBackEvent } from './inbox.ts'
import { createIntake } from './intake.ts'
import { EventRefused, type InboxConsumer, type InboxEvent } from './types.ts'

const db = useDatabase()
/** How long a poll may take on a busy machine. */
const PATIENT = { timeout: 10_000 }
const put = (...events: InboxEvent[]) => createIntake(db()).put(events)
const states = async () =>
  (await db().query<{ state: string }>('SELECT state FROM inbox ORDER BY id')).map((row) => row.state)

describe('claiming', () => {
  test('only the oldest open event of a key is handed out, and none while one of the key is in hand', async () => {
    await put(
      testEvent({ eventId: 'a2', key: 'a', occurredAt: new Date(2_000) }),
      testEvent({ eventId: 'a1', key: 'a', occurredAt: new Date(1_000) }),
      testEvent({ eventId: 'b1', key: 'b' })
    )
    const first = await claimEvents(db(), 10)
    expect(first.map((row) => row.event_id).sort()).toEqual(['a1', 'b1'])
    await put(testEvent({ eventId: 'a0', key: 'a', occurredAt: new Date(0) }))
    expect(await claimEvents(db(), 10)).toEqual([])
  })

  test('events of one instant keep the order in which they came', async () => {
    const occurredAt = new Date(1_000)
    await put(testEvent({ eventId: 'z', key: 'a', occurredAt }), testEvent({ eventId: 'y', key: 'a', occurredAt }))
    expect((await claimEvents(db(), 10)).map((row) => row.event_id)).toEqual(['z'])
  })

  test('what was stored in this very moment is due', async () => {
    const claimedAtOnce = (name: string) =>
      db().transaction(async (tx) => {
        await tx.$executeRaw`
          INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed) VALUES ('test', ${name}, ${name}, now(), '')`
        // In a transaction the clock stands still.
        const query = (sql: string, values: readonly unknown[] = []) => tx.$queryRawUnsafe<never[]>(sql, ...values)
        return (await claimEvents({ query }, 1)).map((row) => row.event_id)
      })
    for (let round = 0; round < 20; round += 1) expect(await claimedAtOnce(`e${round}`)).toEqual([`e${round}`])
  })

  test('an event that waits for another try holds up its key, and only its key', async () => {
    await put(testEvent({ key: 'a', eventId: 'a1' }), testEvent({ key: 'a', eventId: 'a2' }))
    const [held] = await claimEvents(db(), 10)
    if (held) await giveBackEvent(db(), held, { next: 60_000, fault: 'later', isOutage: false })
    await put(testEvent({ key: 'b', eventId: 'b1' }))
    expect((await claimEvents(db(), 10)).map((row) => row.event_id)).toEqual(['b1'])
  })

  test('a dead or quarantined event holds up nobody', async () => {
    await put(
      testEvent({ key: 'a' }),
      testEvent({ key: 'a', quarantined: true }),
      testEvent({ key: 'a', eventId: 'a3' })
    )
    const [held] = await claimEvents(db(), 10)
    if (held) await giveBackEvent(db(), held, { next: 'dead', fault: 'poison', isOutage: false })
    expect((await claimEvents(db(), 10)).map((row) => row.event_id)).toEqual(['a3'])
  })

  test('of different keys, the event that has been due longest comes first', async () => {
    await put(...['b', 'a', 'c'].map((key) => testEvent({ key, eventId: key })))
    await db().query(`UPDATE inbox SET run_at = now() - interval '1 minute' WHERE key = 'c'`)
    const order = [await claimEvents(db(), 1), await claimEvents(db(), 1), await claimEvents(db(), 1)]
    expect(order.flat().map((row) => row.event_id)).toEqual(['c', 'b', 'a'])
  })

  test('two workers that claim at the same time never hold the same event or key', async () => {
    await put(...Array.from({ length: 30 }, (_, n) => testEvent({ key: `key-${n % 10}` })))
    const claims = (await Promise.all(Array.from({ length: 5 }, () => claimEvents(db(), 4)))).flat()
    expect(new Set(claims.map((row) => row.key)).size).toBe(claims.length)
    expect(claims).toHaveLength(10)
  })
})

describe.skipIf(!process.env.TEST_DATABASE_URL)('claiming on a server', () => {
  test('a row that another worker is just taking is neither waited for nor taken', async () => {
    await put(testEvent({ eventId: 'taken', key: 'a' }), testEvent({ eventId: 'free', key: 'b' }))
    await db().transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM inbox WHERE event_id = 'taken' FOR UPDATE`
      expect((await claimEvents(db(), 10)).map((row) => row.event_id)).toEqual(['free'])
    })
  })
})

describe('handling', () => {
  test('a poison event dies after its tries, staff are told without its words, and the others go on', async () => {
    const scope = testScope(db())
    const handled: string[] = []
    const tries: number[] = []
    const consumer: InboxConsumer = {
      source: 'test',
      async handle(_work, row) {
        if (row.eventId === 'poison') {
          tries.push(row.attempts)
          JSON.parse(row.body)
        }
        handled.push(row.eventId)
      }
    }
    await put(testEvent({ eventId: 'poison', key: 'a', body: '佐藤花子 is no JSON' }))
    await put(testEvent({ eventId: 'same key', key: 'a' }), testEvent({ eventId: 'other key', key: 'b' }))
    await testEngine(scope, { consumers: [consumer] }).drain()
    expect(tries).toEqual([1, 2, 3, 4])
    expect(handled).toEqual(['other key', 'same key'])
    expect(await states()).toEqual(['dead', 'done', 'done'])
    const [notice] = await db().prisma.outbox.findMany()
    const payload = db().cipher.open('outbox.payload', notice?.payloadSealed ?? '')
    const [dead] = await db().prisma.inbox.findMany({ where: { state: 'dead' } })
    expect(JSON.parse(payload)).toMatchObject({ kind: 'notice', text: expect.stringContaining(String(dead?.id)) })
    expect(`${payload} ${dead?.lastError} ${JSON.stringify(scope.lines)}`).not.toContain('佐藤')
  })

  test('a hundred events that die in one hour are one notice', async () => {
    await put(...Array.from({ length: 100 }, (_, n) => testEvent({ key: `key-${n}`, source: 'unknown' })))
    await testEngine(testScope(db())).drain()
    expect(new Set(await states())).toEqual(new Set(['dead']))
    // Two when the hour changes meanwhile.
    expect(await db().prisma.outbox.count()).toBeLessThanOrEqual(2)
  })

  test('a preparation that hangs holds up nobody else', async () => {
    const handled: string[] = []
    const consumer: InboxConsumer = {
      source: 'test',
      prepare: (_scope, row) => (row.eventId === 'hangs' ? new Promise(() => {}) : Promise.resolve()),
      async handle(_work, row) {
        handled.push(row.eventId)
      }
    }
    const engine = testEngine(testScope(db()), { consumers: [consumer], prepareTimeoutMs: 300 })
    await put(testEvent({ eventId: 'hangs', key: 'a' }), ...[1, 2, 3].map((n) => testEvent({ key: `b${n}` })))
    const draining = engine.drain()
    await expect.poll(() => handled.length, PATIENT).toBe(3)
    expect(await db().prisma.inbox.count({ where: { state: 'running' } })).toBe(1)
    await draining
    expect(await db().prisma.inbox.count({ where: { eventId: 'hangs', state: 'dead' } })).toBe(1)
  })

  test('an effect undone by a deadlock is done again, once', async () => {
    let tries = 0
    const consumer: InboxConsumer = {
      source: 'test',
      async handle(work) {
        await work.tx.customer.create({ data: { createdAt: work.now } })
        tries += 1
        if (tries < 3)
          await work.tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40P01'; END $$`)
      }
    }
    await put(testEvent())
    await testEngine(testScope(db()), { consumers: [consumer] }).drain()
    expect(tries).toBe(3)
    expect(await db().prisma.customer.count()).toBe(1)
    expect(await db().prisma.inbox.findMany()).toMatchObject([{ state: 'done', attempts: 1 }])
  })

  test('what its consumer refuses is laid aside at once, and the reason is kept', async () => {
    let tries = 0
    const consumer: InboxConsumer = {
      source: 'test',
      async handle() {
        tries += 1
        throw new EventRefused('the currency is USD')
      }
    }
    await put(testEvent())
    await testEngine(testScope(db()), { consumers: [consumer] }).drain()
    expect(tries).toBe(1)
    expect(await db().prisma.inbox.findMany()).toMatchObject([
      { state: 'dead', attempts: 1, lastError: expect.stringContaining('EventRefused: the currency is USD') }
    ])
  })

  test('with any events, engines and redeliveries each event has one effect, in the order of its key', async () => {
    const scenario = fc.record({
      events: fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), fails: fc.integer({ min: 0, max: 2 }) }), {
        minLength: 1,
        maxLength: 25
      }),
      engines: fc.integer({ min: 1, max: 4 }),
      shuffle: fc.integer()
    })
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, engines, shuffle }) => {
        await db().query('TRUNCATE inbox, customer_tag, customer CASCADE')
        const told = events.map(({ key }, n) => testEvent({ eventId: `e${n}`, key, occurredAt: new Date(n) }))
        const reordered = told
          .map((event, n) => ({ event, at: (n * 7919 + shuffle) % 101 }))
          .sort((x, y) => x.at - y.at)
        for (const { event } of reordered) await put(event)
        for (let again = 0; again < 4; again += 1) await put(...told)
        const failures = new Map(events.map(({ fails }, n) => [`e${n}`, fails]))
        const effects: string[] = []
        const consumer: InboxConsumer = {
          source: 'test',
          async handle(work, row) {
            const left = failures.get(row.eventId) ?? 0
            failures.set(row.eventId, left - 1)
            await work.tx.customer.create({ data: { createdAt: row.occurredAt, nameSealed: row.eventId } })
            if (left > 0) throw new Error('not this time')
            effects.push(`${row.key} ${row.eventId}`)
          }
        }
        await Promise.all(
          Array.from({ length: engines }, () => testEngine(testScope(db()), { consumers: [consumer] }).drain())
        )
        // One more look: an engine may have left while another had the head of a key in hand.
        await testEngine(testScope(db()), { consumers: [consumer] }).drain()
        expect(await db().prisma.customer.count()).toBe(events.length)
        for (const key of ['a', 'b', 'c']) {
          const order = effects.filter((effect) => effect.startsWith(key)).map((effect) => effect.slice(2))
          expect(order).toEqual(told.filter((event) => event.key === key).map((event) => event.eventId))
        }
      }),
      { numRuns: 12 }
    )
  })
})
