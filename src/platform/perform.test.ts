import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { testScope } from '../../test/support/queue.ts'
import type { Feature } from './feature.ts'
import { messageAction } from './line/actions.ts'
import { textMessage } from './line/text.ts'
import { createPerform } from './perform.ts'
import type { LinePayload } from './queue/index.ts'
import type { SlackIntent } from './slack/intent.ts'
import type { Fact } from './work.ts'

const db = useDatabase()
const CUSTOMER = '019aa000-0000-7000-8000-000000000001'
const OTHER = '019aa000-0000-7000-8000-000000000002'

function setUp(features: readonly Feature[] = []) {
  let commits = 0
  const scope = testScope(db())
  const onCommit = () => {
    commits += 1
  }
  const perform = createPerform({ scope, features, onCommit })
  return { perform, scope, commits: () => commits }
}

const fact = (name: string): Fact => ({
  customerId: CUSTOMER,
  name,
  at: new Date(),
  source: 'test',
  sourceId: '1',
  properties: {}
})

async function sent<Payload>(channel: string): Promise<{ id: string; key: string; payload: Payload }[]> {
  const rows = await db().prisma.outbox.findMany({ where: { channel }, orderBy: { seq: 'asc' } })
  return rows.map(({ id, key, payloadSealed }) => ({
    id,
    key,
    payload: JSON.parse(db().cipher.open('outbox.payload', payloadSealed))
  }))
}

describe('telling a customer', () => {
  test('what must stay in reach stands under the last message, and is never a message of its own', async () => {
    const button = messageAction({ label: '10', text: '10' })
    await setUp().perform('line:e0', async (work) => {
      work.offer(CUSTOMER, [button])
      work.offer(OTHER, [button])
      work.tell(CUSTOMER, [textMessage('m1'), textMessage('m2')])
    })
    const [row, ...others] = await sent<LinePayload>('line')
    expect(row?.payload.messages.map(({ quickReply }) => quickReply?.items?.map(({ action }) => action))).toEqual([
      undefined,
      [button]
    ])
    expect(others).toEqual([])
  })

  test('messages leave in order, five at most to a row, and the first row rides on the reply token', async () => {
    const receivedAt = new Date('2026-11-21T01:00:00Z')
    await setUp().perform('line:e1', async (work) => {
      work.tell(
        CUSTOMER,
        [1, 2, 3].map((n) => textMessage(`m${n}`))
      )
      work.replyWith(CUSTOMER, { token: 'token-1', receivedAt })
      work.tell(
        CUSTOMER,
        [4, 5, 6].map((n) => textMessage(`m${n}`))
      )
      work.tell(OTHER, [textMessage('hello')])
    })
    const rows = await sent<LinePayload>('line')
    expect(rows.map(({ key, payload }) => [key, payload.messages.length, payload.reply])).toEqual([
      [CUSTOMER, 5, { token: 'token-1', receivedAt: receivedAt.toISOString() }],
      [CUSTOMER, 1, undefined],
      [OTHER, 1, undefined]
    ])
    expect(rows[1]?.payload.messages).toEqual([{ type: 'text', text: 'm6' }])
    expect(await db().prisma.outbox.count({ where: { customerId: CUSTOMER } })).toBe(2)
  })

  test('a reply token without a message sends nothing', async () => {
    await setUp().perform('line:e1', async (work) => {
      work.replyWith(CUSTOMER, { token: 't', receivedAt: new Date() })
      work.tell(CUSTOMER, [])
    })
    expect(await sent('line')).toEqual([])
  })

  test('the same cause done twice tells it once', async () => {
    const { perform } = setUp()
    for (const words of ['first', 'second']) {
      await perform('slack:click-1', async (work) => {
        work.tell(CUSTOMER, [textMessage(words)])
        work.slack({ kind: 'card', record: { type: 'follow_up', id: '1' } })
      })
    }
    expect((await sent<LinePayload>('line')).map((row) => row.payload.messages)).toEqual([[textMessage('first')]])
    expect(await sent('slack')).toHaveLength(1)
  })

  test('telling after the work ended is an error, not a loss', async () => {
    let tellLate = () => {}
    await setUp().perform('c', async (work) => {
      tellLate = () => work.tell(CUSTOMER, [textMessage('late')])
    })
    expect(() => tellLate()).toThrow('await')
  })
})

describe('showing in Slack', () => {
  test('a card asked for twice is one row, and what is said in its thread follows it under the same key', async () => {
    const record = { type: 'follow_up', id: '812' }
    await setUp().perform('c', async (work) => {
      work.slack({ kind: 'card', record })
      work.slack({ kind: 'thread', record, text: 'claimed' })
      work.slack({ kind: 'card', record })
      work.slack({ kind: 'thread', record, text: 'claimed' })
    })
    const rows = await sent<SlackIntent>('slack')
    expect(rows.map((row) => [row.key, row.payload.kind])).toEqual([
      ['follow_up:812', 'card'],
      ['follow_up:812', 'thread'],
      ['follow_up:812', 'thread']
    ])
  })

  test('a notice of one name is said once, whoever says it', async () => {
    const { perform } = setUp()
    for (const cause of ['a', 'b']) {
      await perform(cause, async (work) => work.slack({ kind: 'notice', name: 'quota:2026-11', text: cause }))
    }
    expect((await sent<SlackIntent>('slack')).map((row) => row.payload)).toEqual([
      { kind: 'notice', name: 'quota:2026-11', text: 'a' }
    ])
  })
})

describe('the transaction', () => {
  test('a throw undoes everything that was told, and nobody is woken', async () => {
    const { perform, commits } = setUp()
    const work = perform('c', async (w) => {
      w.tell(CUSTOMER, [textMessage('never')])
      await w.tx.customer.create({ data: { createdAt: w.now } })
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect([await db().prisma.customer.count(), await db().prisma.outbox.count(), commits()]).toEqual([0, 0, 0])
  })

  test('senders are woken after the commit, and the work’s value comes back', async () => {
    const { perform, commits } = setUp()
    expect(await perform('c', async () => 42)).toBe(42)
    expect(commits()).toBe(1)
  })

  test.each(['40001', '40P01'])('work that lost against another transaction (%s) is done again', async (code) => {
    let tries = 0
    await setUp().perform('c', async (work) => {
      tries += 1
      work.tell(CUSTOMER, [textMessage(`try ${tries}`)])
      if (tries < 3)
        await work.tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '${code}'; END $$`)
    })
    expect((await sent<LinePayload>('line')).map((row) => row.payload.messages)).toEqual([[textMessage('try 3')]])
  })

  test('it is given up in the end, and other errors are not tried again', async () => {
    let tries = 0
    const losing = setUp().perform('c', async (work) => {
      tries += 1
      await work.tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$`)
    })
    await expect(losing).rejects.toThrow()
    expect(tries).toBe(4)
  })
})

describe('facts', () => {
  test('every feature that listens hears a fact, in the order of the list, within the transaction', async () => {
    const heard: string[] = []
    const listener = (name: string): Feature => ({
      name,
      on: {
        visit: async (work, { customerId }) => {
          heard.push(name)
          work.tell(customerId, [textMessage(name)])
        }
      }
    })
    const { perform } = setUp([listener('a'), { name: 'deaf' }, listener('b')])
    await perform('c', (work) => work.announce(fact('visit')))
    await perform('d', (work) => work.announce(fact('order')))
    expect(heard).toEqual(['a', 'b'])
    expect(await sent('line')).toHaveLength(1)
  })

  test('features that answer each other’s facts for ever are stopped with the fact’s name', async () => {
    const ping: Feature = { name: 'ping', on: { ping: (work) => work.announce(fact('ping')) } }
    const { perform } = setUp([ping])
    await expect(perform('c', (work) => work.announce(fact('ping')))).rejects.toThrow('circle at "ping"')
  })
})

describe('what is left for later', () => {
  const event = (eventId: string) => ({ source: 'x', eventId, key: 'k', occurredAt: new Date(), body: '{"a":1}' })
  const inbox = () => db().prisma.inbox.findMany({ orderBy: { eventId: 'asc' } })

  test('lies sealed in the inbox once the work is committed, each event once, and its workers are woken', async () => {
    const woken: (readonly string[])[] = []
    const onCommit = (told: readonly string[]) => void woken.push(told)
    const perform = createPerform({ scope: testScope(db()), features: [], onCommit })
    await perform('c', async (work) => {
      work.later(event('1'))
      work.later(event('2'))
      work.later(event('1'))
    })
    await perform('d', async (work) => work.later(event('2')))
    const rows = await inbox()
    expect(rows.map(({ source, eventId, key, state }) => [source, eventId, key, state])).toEqual([
      ['x', '1', 'k', 'ready'],
      ['x', '2', 'k', 'ready']
    ])
    expect(rows.map(({ bodySealed }) => db().cipher.open('inbox.body', bodySealed))).toEqual(['{"a":1}', '{"a":1}'])
    expect(woken).toEqual([['inbox'], ['inbox']])
  })

  test('is undone with the work', async () => {
    const failing = setUp().perform('c', async (work) => {
      work.later(event('1'))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await inbox()).toEqual([])
  })

  test('a work can ask whether anybody listens', async () => {
    const { perform } = setUp([{ name: 'a', on: { visit: async () => undefined } }])
    expect(await perform('c', async (work) => [work.hears('visit'), work.hears('order')])).toEqual([true, false])
  })
})
