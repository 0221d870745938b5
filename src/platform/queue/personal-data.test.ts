import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../perform.ts'
import type { Work } from '../work.ts'
import { forgetMessages, queueData } from './personal-data.ts'

const db = useDatabase()
const HANAKO = '01980000-0000-7000-8000-000000000001'
const EMMA = '01980000-0000-7000-8000-000000000002'

beforeEach(async () => {
  for (const id of [HANAKO, EMMA]) {
    await db().prisma.customer.create({ data: { id, createdAt: new Date() } })
    const identity = { channel: 'line', externalHash: `hash-${id}`, externalSealed: 'x', createdAt: new Date() }
    await db().prisma.identity.create({ data: { customerId: id, ...identity } })
  }
})

const seal = (field: string, value: unknown) => db().cipher.seal(field, JSON.stringify(value))
const told = (customerId: string, state: string) =>
  db().prisma.outbox.create({
    data: {
      ...{
        id: crypto.randomUUID(),
        channel: 'line',
        key: customerId,
        customerId,
        cause: 'c',
        state,
        lastError: '花子'
      },
      payloadSealed: seal('outbox.payload', { messages: [{ type: 'text', text: `${state}です` }] })
    }
  })
const event = (key: string, state: string) =>
  db().prisma.inbox.create({
    data: {
      ...{ source: 'line', eventId: `${key}${state}`, key, state, occurredAt: new Date(), lastError: '花子' },
      bodySealed: seal('inbox.body', {
        ...{ type: 'message', webhookEventId: 'E1', timestamp: 1, replyToken: 'secret' },
        message: { id: '1', type: 'text', text: 'こんにちは' }
      })
    }
  })
const perform = <T>(work: (work: Work) => Promise<T>) =>
  createPerform({ scope: testScope(db()), features: [], onCommit: () => undefined })('test', work)
const erase = (id: string) => perform((work) => queueData.erase(work, id))

describe('what is erased', () => {
  test.each(['ready', 'running', 'done', 'dead', 'quarantined'])(
    'are words in the inbox that are %s',
    async (state) => {
      for (const id of [HANAKO, EMMA]) await event(`line:hash-${id}`, state)
      await event(HANAKO, state)
      await erase(HANAKO)
      const rows = await db().prisma.inbox.findMany({ orderBy: { id: 'asc' } })
      const gone = { state: 'done', bodySealed: '', key: 'erased', lastError: null, doneAt: expect.any(Date) }
      expect(rows).toMatchObject([gone, { state, key: `line:hash-${EMMA}` }, gone])
    }
  )

  test.each([
    ['ready', 'done', 'dropped'],
    ['parked', 'done', 'dropped'],
    ['dead', 'done', 'dropped'],
    ['done', 'done', null],
    ['running', 'running', null]
  ])('are messages that are %s', async (state, after, outcome) => {
    await told(HANAKO, state)
    await told(EMMA, state)
    await erase(HANAKO)
    const rows = await db().prisma.outbox.findMany({ orderBy: { seq: 'asc' } })
    expect(rows).toMatchObject([
      { state: after, outcome, payloadSealed: '', lastError: null },
      { state, lastError: '花子' }
    ])
  })

  test('are timers, and what a channel said of a call', async () => {
    for (const key of [HANAKO, EMMA])
      await db().prisma.timer.create({ data: { kind: 'k', name: key, key, dueAt: new Date() } })
    const { id: outboxId } = await told(HANAKO, 'done')
    await db().prisma.delivery.create({ data: { outboxId, attempt: 1, method: 'push', detail: '花子' } })
    await erase(HANAKO)
    expect(await db().prisma.timer.findMany()).toMatchObject([{ key: EMMA }])
    expect(await db().prisma.delivery.findMany()).toMatchObject([{ detail: null }])
  })
})

test('a message that was in hand when it was forgotten is not tried again', async () => {
  await told(HANAKO, 'ready')
  const tries: string[] = []
  const send = async () => {
    tries.push('sent')
    await perform((work) => forgetMessages(work.tx, { customerId: HANAKO }))
    throw new Error('no answer')
  }
  await testEngine(testScope(db()), { senders: [{ channel: 'line', send }] }).drain()
  expect(tries).toEqual(['sent'])
  expect(await db().prisma.outbox.findMany()).toMatchObject([{ state: 'done', outcome: 'dropped' }])
})

test('what is shown are the words, without what only machines use', async () => {
  await event(`line:hash-${HANAKO}`, 'done')
  await told(HANAKO, 'done')
  await told(EMMA, 'done')
  const kept = await perform((work) => queueData.export(work, HANAKO))
  expect(kept).toMatchObject({
    inbox: [{ type: 'message', message: { text: 'こんにちは' } }],
    outbox: [{ state: 'done', messages: [{ text: 'doneです' }] }]
  })
  expect(JSON.stringify(kept)).not.toContain('secret')
})
