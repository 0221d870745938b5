import { afterEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import { idOf } from '../../core/ids.ts'
import type { Database } from '../db/index.ts'
import { countQueue } from './count-queue.ts'
import type { Engine } from './engine.ts'
import { enqueue } from './enqueue.ts'
import { createIntake } from './intake.ts'
import type { InboxConsumer, Sender } from './types.ts'

const db = useDatabase()
/** How long a poll may take on a busy machine. */
const PATIENT = { timeout: 10_000 }
const engines: Engine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop(5_000)
})

type Parts = Parameters<typeof testEngine>[1]

async function started(parts: Parts, database: Database = db()): Promise<Engine> {
  const engine = testEngine(testScope(database), parts)
  engines.push(engine)
  await engine.start()
  return engine
}

function collector(): InboxConsumer & { readonly seen: string[] } {
  const seen: string[] = []
  return {
    seen,
    source: 'test',
    async handle(_work, row) {
      seen.push(row.eventId)
    }
  }
}

const queueMessage = (name: string, channel: 'line' | 'slack' = 'line') =>
  db().transaction((tx) =>
    enqueue(tx, db().cipher, [
      { id: idOf(name), channel, key: name, customerId: undefined, cause: name, payload: '{}' }
    ])
  )

describe('finding work', () => {
  test('an engine that is woken starts without waiting for its next look', async () => {
    const consumer = collector()
    const engine = await started({ consumers: [consumer], pollMs: 3_600_000 })
    await createIntake(db(), { onStored: () => engine.wake() }).put([testEvent({ eventId: 'e1' })])
    await expect.poll(() => consumer.seen, PATIENT).toEqual(['e1'])
  })

  test('what follows from an event is sent at once', async () => {
    const sent: string[] = []
    const consumer: InboxConsumer = {
      source: 'test',
      handle: async (work) => work.slack({ kind: 'notice', name: 'n', text: 'hello' })
    }
    const sender: Sender = {
      channel: 'slack',
      async send(_scope, row) {
        sent.push(row.cause)
        return { outcome: 'sent' }
      }
    }
    const engine = await started({ consumers: [consumer], senders: [sender], pollMs: 3_600_000 })
    await createIntake(db(), { onStored: () => engine.wake() }).put([testEvent({ eventId: 'e1' })])
    await expect.poll(() => sent, PATIENT).toEqual(['test:e1'])
  })

  test('what another process stored is found without being told', async () => {
    const consumer = collector()
    await started({ consumers: [consumer], pollMs: 20 })
    await createIntake(db()).put([testEvent({ eventId: 'elsewhere' })])
    await expect.poll(() => consumer.seen, PATIENT).toEqual(['elsewhere'])
  })

  test('several engines share the work and do each thing once', async () => {
    const consumers = [collector(), collector(), collector()]
    for (const consumer of consumers) await started({ consumers: [consumer], pollMs: 10, eventsAtOnce: 2 })
    const events = Array.from({ length: 60 }, (_, n) => testEvent({ key: `key-${n % 20}` }))
    await Promise.all(events.map((event) => createIntake(db()).put([event])))
    await expect.poll(() => countQueue(db()), PATIENT).toMatchObject({ inboxReady: 0 })
    await expect.poll(() => consumers.flatMap((consumer) => consumer.seen).length, PATIENT).toBe(60)
    expect(new Set(consumers.flatMap((consumer) => consumer.seen)).size).toBe(60)
  })

  test('a due timer and an event of a dead worker are found by the upkeep', async () => {
    const consumer = collector()
    await createIntake(db()).put([testEvent({ eventId: 'left behind' })])
    await db().query(`UPDATE inbox SET state = 'running', token = gen_random_uuid(), attempts = 1, lease_until = now()`)
    const engine = testEngine(testScope({ ...db(), concurrency: 10 }), { consumers: [consumer], pollMs: 3_600_000 })
    engines.push(engine)
    await engine.start()
    await expect.poll(() => consumer.seen, PATIENT).toEqual(['left behind'])
  })
})

describe('draining', () => {
  test('drain does what is due and what follows from it, then ends, though rows wait for later', async () => {
    const consumer = collector()
    const engine = testEngine(testScope(db()), {
      consumers: [consumer],
      inboxRetry: { firstMs: 60_000, longestMs: 60_000, maxAttempts: 5, maxUnsureMs: Number.POSITIVE_INFINITY }
    })
    await createIntake(db()).put([testEvent({ eventId: 'ok' }), testEvent({ source: 'unknown', key: 'other' })])
    await engine.drain()
    expect(consumer.seen).toEqual(['ok'])
    expect(await countQueue(db())).toMatchObject({ inboxReady: 1, inboxDead: 0 })
  })

  test('drain of an empty queue ends', async () => {
    await testEngine(testScope(db())).drain()
  })

  test('drain works off many events at several times the width of a pump', async () => {
    const consumer = collector()
    await createIntake(db()).put(Array.from({ length: 150 }, (_, n) => testEvent({ key: `key-${n % 40}` })))
    await testEngine(testScope(db()), { consumers: [consumer], eventsAtOnce: 3 }).drain()
    expect(consumer.seen).toHaveLength(150)
  })
})

describe('stopping', () => {
  test('stop waits for the event in hand and takes no other', async () => {
    const order: string[] = []
    let finish = () => {}
    const consumer: InboxConsumer = {
      source: 'test',
      prepare: (_scope, row) =>
        new Promise<void>((resolve) => {
          order.push(`begin ${row.eventId}`)
          finish = resolve
        }),
      async handle(_work, row) {
        order.push(`end ${row.eventId}`)
      }
    }
    const engine = await started({ consumers: [consumer], pollMs: 10 })
    await createIntake(db()).put([testEvent({ eventId: 'e1' }), testEvent({ eventId: 'e2' })])
    await expect.poll(() => order, PATIENT).toEqual(['begin e1'])
    const stopped = engine.stop(5_000).then(() => order.push('stopped'))
    finish()
    await stopped
    expect(order).toEqual(['begin e1', 'end e1', 'stopped'])
    expect(await countQueue(db())).toMatchObject({ inboxReady: 1 })
  })

  test('stop ends after its grace when something hangs, and the row is done again by the next start', async () => {
    const hanging: Sender = { channel: 'line', send: () => new Promise(() => {}) }
    const engine = await started({ senders: [hanging], pollMs: 10 })
    await queueMessage('m1')
    await expect.poll(() => db().prisma.outbox.count({ where: { state: 'running' } }), PATIENT).toBe(1)
    await engine.stop(50)
    // One process at a time owns an embedded database; on a server the lease would have to run out.
    const sender: Sender = { channel: 'line', send: async () => ({ outcome: 'sent' }) }
    await started({ senders: [sender], pollMs: 10 }, { ...db(), concurrency: 1 })
    await expect.poll(() => db().prisma.outbox.findMany(), PATIENT).toMatchObject([{ state: 'done', attempts: 2 }])
  })
})

describe('trouble with the database', () => {
  test('a claim that fails is logged once, and the work goes on when the database is back', async () => {
    const consumer = collector()
    let down = false
    const shaky: Database = {
      ...db(),
      query: (sql, values) => (down ? Promise.reject(new Error('connection refused')) : db().query(sql, values))
    }
    const scope = testScope(shaky)
    const engine = testEngine(scope, { consumers: [consumer], pollMs: 10 })
    engines.push(engine)
    await engine.start()
    down = true
    await createIntake(db()).put([testEvent({ eventId: 'e1' })])
    await expect.poll(() => scope.lines.length, PATIENT).toBeGreaterThan(0)
    down = false
    await expect.poll(() => consumer.seen, PATIENT).toEqual(['e1'])
    expect(scope.lines.filter((line) => line.message.includes('did not do as asked'))).toHaveLength(1)
  })
})

test('the counts tell what waits, what is dead, and for how long', async () => {
  expect(await countQueue(db())).toEqual({
    inboxReady: 0,
    inboxDead: 0,
    quarantined: 0,
    outboxReady: 0,
    outboxDead: 0,
    outboxParked: 0,
    oldestReadySeconds: 0
  })
  await createIntake(db()).put([testEvent(), testEvent({ quarantined: true }), testEvent({ eventId: 'dead' })])
  await db().query(`UPDATE inbox SET state = 'dead' WHERE event_id = 'dead'`)
  await db().query(`UPDATE inbox SET run_at = now() - interval '90 seconds' WHERE state = 'ready'`)
  for (const name of ['ready', 'dead', 'parked']) {
    await queueMessage(name)
    await db().query('UPDATE outbox SET state = $1 WHERE cause = $1', [name])
  }
  const counts = await countQueue(db())
  expect(counts).toMatchObject({ inboxReady: 1, inboxDead: 1, quarantined: 1 })
  expect(counts).toMatchObject({ outboxReady: 1, outboxDead: 1, outboxParked: 1 })
  expect(counts.oldestReadySeconds).toBeGreaterThanOrEqual(90)
})
