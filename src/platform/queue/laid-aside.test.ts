import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import type { Database } from '../db/index.ts'
import { countQueue } from './count-queue.ts'
import { claimEvents, giveBackEvent } from './inbox.ts'
import { createIntake } from './intake.ts'
import { type Chosen, changeLaidAside, type LaidAside, listLaidAside } from './laid-aside.ts'
import { claimMessages } from './outbox.ts'
import type { InboxRow } from './types.ts'

const db = useDatabase()

/** An inbox row in a state; returns its id. */
async function received(eventId: string, state: string): Promise<string> {
  await createIntake(db()).put([testEvent({ eventId, key: eventId, body: '佐藤さんです' })])
  const [row] = await db().query<{ id: string }>(
    `UPDATE inbox SET state = $2, attempts = 6, last_error = 'Error: broken' WHERE event_id = $1 RETURNING id::text AS id`,
    [eventId, state]
  )
  return row?.id ?? ''
}

/** An outbox row in a state; returns its id. */
async function written(state: string): Promise<string> {
  const [row] = await db().query<{ id: string }>(
    `INSERT INTO outbox (id, channel, key, cause, payload_sealed, state, attempts, run_at)
     VALUES (gen_random_uuid(), 'line', 'k', 'c', 'sealed', $1, 3, now() + interval '1 day') RETURNING id::text AS id`,
    [state]
  )
  return row?.id ?? ''
}

/** As the command does. */
function change(verb: 'revive' | 'drop', chosen: Chosen): Promise<string[]> {
  return db().transaction((tx) =>
    changeLaidAside({ query: (sql, values = []) => tx.$queryRawUnsafe(sql, ...values) }, verb, chosen)
  )
}

const nameOf = ({ queue, id, state }: LaidAside) => [queue, id, state]
const inboxRow = (id: string) => db().prisma.inbox.findUniqueOrThrow({ where: { id: BigInt(id) } })
const outboxRow = (id: string) => db().prisma.outbox.findUniqueOrThrow({ where: { id } })

describe('the list', () => {
  test('holds what needs a person and nothing else, the dead first', async () => {
    const odd = await received('odd', 'quarantined')
    const dead = [await received('first', 'dead'), await received('second', 'dead')]
    const parked = await written('parked')
    const refused = await written('dead')
    for (const state of ['ready', 'running', 'done']) await Promise.all([received(state, state), written(state)])
    expect((await listLaidAside(db(), 10)).map(nameOf)).toEqual([
      ['inbox', dead[0], 'dead'],
      ['inbox', dead[1], 'dead'],
      ['inbox', odd, 'quarantined'],
      ['outbox', refused, 'dead'],
      ['outbox', parked, 'parked']
    ])
  })

  test('says where a row came from, how often it was tried and why it lies there, but nothing of its words', async () => {
    await received('e1', 'dead')
    const [row] = await listLaidAside(db(), 10)
    expect(row).toMatchObject({ origin: 'test', attempts: 6, since: expect.any(Date), reason: 'Error: broken' })
    expect(Object.keys(row ?? {}).sort()).toEqual(['attempts', 'id', 'origin', 'queue', 'reason', 'since', 'state'])
  })

  test('is bounded for each queue, and keeps the oldest', async () => {
    const oldest = await received('first', 'dead')
    await received('second', 'dead')
    const message = await written('dead')
    expect((await listLaidAside(db(), 1)).map(({ id }) => id)).toEqual([oldest, message])
  })
})

describe('reviving', () => {
  test('lets an event be handled as if it had never failed, with all its tries', async () => {
    const id = await received('e1', 'dead')
    expect(await change('revive', { queue: 'inbox', ids: [id] })).toEqual([id])
    expect(await inboxRow(id)).toMatchObject({ state: 'ready', attempts: 0, lastError: null })
    const handled: InboxRow[] = []
    const handle = async (_work: unknown, row: InboxRow) => void handled.push(row)
    await testEngine(testScope(db()), { consumers: [{ source: 'test', handle }] }).drain()
    expect(handled).toMatchObject([{ eventId: 'e1', attempts: 1, body: '佐藤さんです' }])
    expect(await inboxRow(id)).toMatchObject({ state: 'done' })
  })

  test('makes a message due at once', async () => {
    const id = await written('dead')
    expect(await change('revive', { queue: 'outbox', ids: [id] })).toEqual([id])
    const { state, attempts, runAt } = await outboxRow(id)
    expect({ state, attempts }).toEqual({ state: 'ready', attempts: 0 })
    expect(runAt.getTime()).toBeLessThanOrEqual(Date.now() + 1_000)
  })

  test.each(['ready', 'running', 'done', 'quarantined'])('leaves an event that is %s as it is', async (state) => {
    const id = await received('e1', state)
    const before = await inboxRow(id)
    for (const ids of [[id], 'all'] as const) {
      expect(await change('revive', { queue: 'inbox', ids })).toEqual([])
    }
    expect(await inboxRow(id)).toEqual(before)
  })

  test.each(['ready', 'running', 'done', 'parked'])('leaves a message that is %s as it is', async (state) => {
    const id = await written(state)
    const before = await outboxRow(id)
    for (const verb of ['revive', 'drop'] as const) {
      for (const ids of [[id], 'all'] as const) {
        expect(await change(verb, { queue: 'outbox', ids })).toEqual([])
      }
    }
    expect(await outboxRow(id)).toEqual(before)
  })

  test('of all takes every dead row, and two people at once revive each row once', async () => {
    const ids = [await received('e1', 'dead'), await received('e2', 'dead')]
    const all = { queue: 'inbox', ids: 'all' } as const
    const both = await Promise.all([change('revive', all), change('revive', all)])
    expect(both.flat().sort()).toEqual(ids.sort())
    expect(await countQueue(db())).toMatchObject({ inboxReady: 2, inboxDead: 0 })
  })

  test('shuts out the worker that had the row before', async () => {
    await createIntake(db()).put([testEvent({ eventId: 'e1' })])
    const [held] = await claimEvents(db(), 1)
    if (!held) throw new Error('nothing was claimed')
    await giveBackEvent(db(), held, { next: 'dead', fault: 'broken', isOutage: false })
    await change('revive', { queue: 'inbox', ids: 'all' })
    await giveBackEvent(db(), held, { next: 'dead', fault: 'too late', isOutage: false })
    expect(await inboxRow(held.id)).toMatchObject({ state: 'ready', lastError: null })
  })
})

describe('dropping', () => {
  test.each(['dead', 'quarantined'])('forgets the words of an event that is %s, and still knows it', async (state) => {
    const id = await received('e1', state)
    expect(await change('drop', { queue: 'inbox', ids: [id] })).toEqual([id])
    await createIntake(db()).put([testEvent({ eventId: 'e1' })])
    expect(await db().prisma.inbox.findMany()).toMatchObject([
      { id: BigInt(id), state: 'done', bodySealed: '', doneAt: expect.any(Date), lastError: 'Error: broken' }
    ])
  })

  test('forgets the words of a message, and says what became of it', async () => {
    const id = await written('dead')
    expect(await change('drop', { queue: 'outbox', ids: 'all' })).toEqual([id])
    expect(await outboxRow(id)).toMatchObject({ state: 'done', payloadSealed: '', outcome: 'dropped' })
  })

  test.each(['ready', 'running', 'done'])('leaves an event that is %s as it is', async (state) => {
    const id = await received('e1', state)
    const before = await inboxRow(id)
    expect(await change('drop', { queue: 'inbox', ids: 'all' })).toEqual([])
    expect(await inboxRow(id)).toEqual(before)
  })
})

describe('a message that is revived while a newer one of its key is under way', () => {
  const claim = (database: Pick<Database, 'query'> = db()) =>
    claimMessages({ ...db(), query: database.query }, 'line', 10)

  test('waits for it', async () => {
    const old = await written('dead')
    await written('running')
    expect(await change('revive', { queue: 'outbox', ids: [old] })).toEqual([old])
    expect(await claim()).toEqual([])
  })

  test.skipIf(!process.env.TEST_DATABASE_URL)('also when that one is being taken at this very moment', async () => {
    const old = await written('dead')
    const newer = await written('ready')
    await db().query('UPDATE outbox SET run_at = now()')
    const { promise: taken, resolve: sayTaken } = Promise.withResolvers<void>()
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
    const taking = db().transaction(async (tx) => {
      const mine = await claim({ query: (sql, values = []) => tx.$queryRawUnsafe(sql, ...values) })
      sayTaken()
      await mayCommit
      return mine
    })
    await taken
    const reviving = change('revive', { queue: 'outbox', ids: [old] })
    await expect
      .poll(() =>
        db().query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)
      )
      .toHaveLength(1)
    commit()
    expect((await taking).map(({ id }) => id)).toEqual([newer])
    expect(await reviving).toEqual([old])
    expect(await claim()).toEqual([])
  })
})
