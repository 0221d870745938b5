import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { AT_ONCE, testEngine, testScope } from '../../../test/support/queue.ts'
import { idOf } from '../../core/ids.ts'
import { enqueue, type NewMessage } from './enqueue.ts'
import { renewLeases } from './lease.ts'
import { beginAttempt, claimMessages, finishMessage, giveBackMessage, releaseMessages } from './outbox.ts'
import { DeliveryError, type OutboxRow, type RecordAttempt, type Sender, type SendOutcome } from './types.ts'

const db = useDatabase()
/** How long a poll may take on a busy machine. */
const PATIENT = { timeout: 10_000 }

function message(name: string, given: Partial<NewMessage> = {}): NewMessage {
  const id = idOf(name)
  return { id, channel: 'line', key: 'customer-a', customerId: undefined, cause: name, payload: name, ...given }
}

const queue = (...messages: NewMessage[]) => db().transaction((tx) => enqueue(tx, db().cipher, messages))
const stateOf = async (name: string) =>
  (await db().prisma.outbox.findUniqueOrThrow({ where: { id: idOf(name) } })).state
const expireLeases = () => db().query(`UPDATE outbox SET lease_until = now() - interval '1 second'`)

const claimedForLong = async () =>
  (await db().query(`SELECT 1 FROM outbox WHERE lease_until > now() + interval '10 seconds'`)).length === 1

type Send = (row: OutboxRow, attempt: RecordAttempt) => Promise<SendOutcome>

function sender(send: Send, channel: Sender['channel'] = 'line'): Sender {
  return { channel, send: (_scope, row, attempt) => send(row, attempt) }
}

function drainWith(send: Send, channel: Sender['channel'] = 'line') {
  return testEngine(testScope(db()), { senders: [sender(send, channel)] }).drain()
}

const accept = async () => 'accepted'

describe('queueing', () => {
  test('the same message queued twice is kept once, and its words are sealed', async () => {
    await queue(message('佐藤さんへ'))
    await queue(message('佐藤さんへ'), message('佐藤さんへ'))
    const rows = await db().prisma.outbox.findMany()
    expect(rows).toHaveLength(1)
    expect(rows[0]?.payloadSealed).not.toContain('佐藤')
  })

  test('messages of a transaction that fails are never sent', async () => {
    const work = db().transaction(async (tx) => {
      await enqueue(tx, db().cipher, [message('m1')])
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    await drainWith(() => expect.fail('sent'))
  })
})

describe('sending', () => {
  test('messages of a key go out in order, one at a time; other keys and channels do not wait', async () => {
    await queue(message('a1'), message('a2'), message('b1', { key: 'customer-b' }), message('s1', { channel: 'slack' }))
    const claimed = await claimMessages(db(), 'line', 10)
    expect(claimed.map((row) => row.cause).sort()).toEqual(['a1', 'b1'])
    expect(await claimMessages(db(), 'line', 10)).toEqual([])
    expect((await claimMessages(db(), 'slack', 10)).map((row) => row.cause)).toEqual(['s1'])
  })

  test('the attempt is on record before the call is made, and how it ended after', async () => {
    await queue(message('m1'))
    const during: string[] = []
    await drainWith(async (row, attempt) => {
      await attempt('push', async () => {
        during.push(...(await db().prisma.delivery.findMany()).map((delivery) => delivery.result))
      })
      expect(row).toMatchObject({ id: idOf('m1'), payload: 'm1', attempts: 1, earlier: [] })
      return { outcome: 'pushed' }
    })
    expect(during).toEqual(['unknown'])
    expect(await db().prisma.delivery.findMany()).toMatchObject([{ method: 'push', attempt: 1, result: 'accepted' }])
    expect(await db().prisma.outbox.findMany()).toMatchObject([{ state: 'done', outcome: 'pushed' }])
  })

  test('the next try knows what became of the earlier ones', async () => {
    await queue(message('m1'))
    const earlier: unknown[] = []
    await drainWith(async (row, attempt) => {
      earlier.push(row.earlier.map(({ method, result, status }) => ({ method, result, status })))
      if (row.attempts === 1)
        await attempt('reply', () =>
          Promise.reject(new DeliveryError('no answer', { retry: 'later', answered: false }))
        )
      if (row.attempts === 2)
        await attempt('reply', () =>
          Promise.reject(new DeliveryError('busy', { retry: 'later', answered: true, status: 500 }))
        )
      await attempt('push', accept)
      return { outcome: 'pushed' }
    })
    expect(earlier).toEqual([
      [],
      [{ method: 'reply', result: 'unknown', status: undefined }],
      [
        { method: 'reply', result: 'unknown', status: undefined },
        { method: 'reply', result: 'refused', status: 500 }
      ]
    ])
  })

  test('what a sender refuses for good is dead at once, and the rest of the key goes on', async () => {
    await queue(message('m1'), message('m2'))
    await drainWith(async (row) => {
      if (row.cause === 'm1') throw new DeliveryError('400', { retry: 'never', answered: true, status: 400 })
      return { outcome: 'sent' }
    })
    expect([await stateOf('m1'), await stateOf('m2')]).toEqual(['dead', 'done'])
    expect(await db().prisma.outbox.findUnique({ where: { id: idOf('m1') } })).toMatchObject({ lastError: '400' })
  })

  test('a channel that fails for hours loses nothing and keeps the order', async () => {
    await queue(message('m1'), message('m2'), message('m3'))
    const sent: string[] = []
    let tries = 0
    const engine = testEngine(testScope(db()), {
      outboxRetry: { ...AT_ONCE, maxAttempts: 1_000 },
      senders: [
        sender(async (row) => {
          tries += 1
          if (tries <= 30) throw new DeliveryError('LINE is down', { retry: 'later', answered: true, status: 503 })
          sent.push(row.cause)
          return { outcome: 'sent' }
        })
      ]
    })
    await engine.drain()
    expect(sent).toEqual(['m1', 'm2', 'm3'])
  })

  test('Retry-After is waited for, and the row is not tried before', async () => {
    await queue(message('m1'))
    let tries = 0
    await drainWith(async () => {
      tries += 1
      throw new DeliveryError('429', { retry: 'later', answered: true, status: 429, retryAfterSeconds: 30 })
    })
    expect(tries).toBe(1)
    const [row] = await db().query<{ waits: number }>(
      'SELECT extract(epoch FROM run_at - now())::float8 AS waits FROM outbox'
    )
    expect(row?.waits).toBeGreaterThan(25)
  })

  test('a call that hangs ends at its time-out as "unknown" and holds up nobody else', async () => {
    await queue(message('hangs'), message('b1', { key: 'customer-b' }), message('c1', { key: 'customer-c' }))
    const sent: string[] = []
    const engine = testEngine(testScope(db()), {
      callTimeoutMs: 300,
      senders: [
        sender(async (row, attempt) => {
          await attempt('push', async () => {
            if (row.cause === 'hangs') await new Promise(() => {})
            sent.push(row.cause)
          })
          return { outcome: 'sent' }
        })
      ]
    })
    const draining = engine.drain()
    await expect.poll(() => sent.toSorted(), PATIENT).toEqual(['b1', 'c1'])
    expect(await stateOf('hangs')).toBe('running')
    await draining
    const attempts = await db().prisma.delivery.findMany({ where: { outboxId: idOf('hangs') } })
    expect(new Set(attempts.map((attempt) => attempt.result))).toEqual(new Set(['unknown']))
    expect(await stateOf('hangs')).toBe('dead')
  })
})

describe('parking', () => {
  test('a parked message waits for the business clock and does not hold up later ones of its key', async () => {
    await queue(message('push'), message('reply'))
    const scope = testScope(db())
    const until = new Date('2026-12-01T00:00:00Z')
    const sent: string[] = []
    const engine = testEngine(scope, {
      senders: [
        sender(async (row) => {
          if (row.cause === 'push' && scope.now() < until) return { parkUntil: until, reason: 'quota' }
          sent.push(row.cause)
          return { outcome: 'sent' }
        })
      ]
    })
    await engine.drain()
    expect(sent).toEqual(['reply'])
    expect(await db().prisma.outbox.findUnique({ where: { id: idOf('push') } })).toMatchObject({
      state: 'parked',
      attempts: 0,
      lastError: 'quota'
    })
    await engine.drain()
    expect(sent).toEqual(['reply'])
    scope.at = until
    await engine.drain()
    expect(sent).toEqual(['reply', 'push'])
  })
})

describe('leases', () => {
  test('a worker that lost its lease makes no call and ends nothing', async () => {
    await queue(message('m1'))
    const [late] = await claimMessages(db(), 'line', 1)
    await expireLeases()
    expect(await releaseMessages(db())).toBe(1)
    const [current] = await claimMessages(db(), 'line', 1)
    if (!late || !current) return expect.fail('nothing to claim')
    expect(await beginAttempt(db(), late, 'push')).toBeUndefined()
    expect(await finishMessage(db(), late, { outcome: 'sent' })).toBe(false)
    await giveBackMessage(db(), late, { next: 'dead', fault: 'late', counts: true })
    expect(await stateOf('m1')).toBe('running')
    expect(await finishMessage(db(), current, { outcome: 'sent' })).toBe(true)
  })

  test('a sender that wakes up after its lease makes no further call', async () => {
    await queue(message('m1'))
    const scope = testScope(db())
    const calls: string[] = []
    let rounds = 0
    const slow = sender(async (_row, attempt) => {
      rounds += 1
      const round = `round ${rounds}`
      if (rounds === 1) {
        await expireLeases()
        await releaseMessages(db())
        await testEngine(scope, { senders: [slow] }).drain()
      }
      await attempt('push', async () => calls.push(round))
      return { outcome: 'sent' }
    })
    await testEngine(scope, { senders: [slow] }).drain()
    expect(calls).toEqual(['round 2'])
    expect(await stateOf('m1')).toBe('done')
  })

  test('a lease is renewed for who holds the row, not for who held it', async () => {
    await queue(message('m1'))
    const [late] = await claimMessages(db(), 'line', 1)
    await expireLeases()
    await releaseMessages(db())
    const [current] = await claimMessages(db(), 'line', 1)
    await expireLeases()
    if (!late || !current) return expect.fail('nothing to claim')
    await renewLeases(db(), 'outbox', [late])
    await renewLeases(db(), 'inbox', [])
    expect(await claimedForLong()).toBe(false)
    await renewLeases(db(), 'outbox', [late, current])
    expect(await claimedForLong()).toBe(true)
  })

  test('each attempt renews the lease', async () => {
    await queue(message('m1'))
    const [held] = await claimMessages(db(), 'line', 1)
    await expireLeases()
    if (held) await beginAttempt(db(), held, 'push')
    expect(await releaseMessages(db())).toBe(0)
  })
})

describe('dead letters', () => {
  const refuse = async () => {
    throw new DeliveryError('400', { retry: 'never', answered: true, status: 400 })
  }

  test('staff are told in Slack of a dead LINE message, without its words', async () => {
    await queue(message('m1', { payload: '佐藤花子さんへ' }))
    await drainWith(refuse)
    const [notice] = await claimMessages(db(), 'slack', 10)
    const payload = db().cipher.open('outbox.payload', notice?.payload_sealed ?? '')
    expect(JSON.parse(payload)).toMatchObject({ kind: 'notice', text: expect.stringContaining(idOf('m1')) })
    expect(payload).not.toContain('佐藤')
  })

  test('a dead Slack message leads to no further message', async () => {
    await queue(message('s1', { channel: 'slack' }))
    await drainWith(refuse, 'slack')
    expect(await db().prisma.outbox.findMany()).toMatchObject([{ state: 'dead', channel: 'slack' }])
  })

  test('a message whose payload does not open any more is tried again like any other failure', async () => {
    await queue(message('m1'), message('m2', { key: 'customer-b' }))
    await db().query(`UPDATE outbox SET payload_sealed = 'gone:AAAA' WHERE cause = 'm1'`)
    await drainWith(async () => ({ outcome: 'sent' }))
    expect([await stateOf('m1'), await stateOf('m2')]).toEqual(['dead', 'done'])
  })
})
