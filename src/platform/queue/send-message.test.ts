import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { AT_ONCE, testEngine, testScope } from '../../../test/support/queue.ts'
import { idOf } from '../../core/ids.ts'
import { enqueue, type NewMessage } from './enqueue.ts'
import { DeliveryError, type RecordAttempt, type Sender, type SendOutcome } from './types.ts'

const db = useDatabase()
const MESSAGE: NewMessage = {
  id: idOf('m1'),
  channel: 'line',
  key: 'customer-a',
  customerId: undefined,
  cause: 'm1',
  payload: '{}'
}

async function sendWith(send: Sender['send']): Promise<string> {
  await db().transaction((tx) => enqueue(tx, db().cipher, [MESSAGE]))
  await testEngine(testScope(db()), { senders: [{ channel: 'line', send }] }).drain()
  return (await db().prisma.outbox.findFirstOrThrow()).state
}

describe('a call that the channel took', () => {
  const later = () => Promise.reject(new DeliveryError('503', { retry: 'later', answered: true, status: 503 }))
  test.each<[string, string, (attempt: RecordAttempt) => Promise<SendOutcome>]>([
    ['the message is sent', 'done', async () => ({ outcome: 'sent' })],
    ['the message is parked', 'parked', async () => ({ parkUntil: new Date(Date.UTC(2030, 1)), reason: 'quota' })],
    ['the sender fails', 'dead', () => Promise.reject(new Error('count'))],
    ['another call follows', 'dead', (attempt) => attempt('update', later)]
  ])('is on record as taken when %s', async (_, state, goOn) => {
    const ended = await sendWith(async (_scope, row, attempt) => {
      if (row.attempts === 1) await attempt('post', async () => 'accepted')
      return goOn(attempt)
    })
    expect(ended).toBe(state)
    const [first] = await db().prisma.delivery.findMany({ orderBy: { id: 'asc' } })
    expect(first).toMatchObject({ method: 'post', result: 'accepted', finishedAt: expect.any(Date) })
  })
})

test('what has to wait for its turn was not tried, however often, and is no fault to log', async () => {
  const scope = testScope(db())
  await db().transaction((tx) => enqueue(tx, db().cipher, [MESSAGE]))
  let sent = 0
  const engine = testEngine(scope, {
    senders: [
      {
        channel: 'line',
        async send() {
          sent += 1
          if (sent > 3 * AT_ONCE.maxAttempts) return { outcome: 'sent' }
          throw new DeliveryError('not yet', { retry: 'later', answered: true, counts: false, retryAfterSeconds: 0 })
        }
      }
    ]
  })
  await engine.drain()
  expect(await db().prisma.outbox.findFirst()).toMatchObject({ state: 'done', attempts: 1 })
  expect(scope.lines).toEqual([])
})
