import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { eraseAs } from '../../../test/support/erase-as.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { recordMessages } from './record-messages.ts'

const db = useDatabase()

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const arrival = { source: 'api:shop', kind: 'ec', receivedAt: scope.at, timeZone: scope.timeZone, sentAt: undefined }
  return {
    scope,
    send: (...messages: unknown[]) => recordMessages(perform, messages, arrival),
    stats: () => db().prisma.customerStats.findMany()
  }
}

const track = (event: string, more: Record<string, unknown>) => {
  return { type: 'track', userId: 'hana', event, timestamp: '2026-11-21T00:30:00Z', ...more }
}

describe('what the database cannot hold', () => {
  test('is refused alone, with its place; the others of its batch are stored, and its sender need not send for ever', async () => {
    const { send, stats } = setUp()
    const order = (userId: string, messageId: string) =>
      track('Order Completed', { messageId, userId, properties: { order_id: messageId, total: 1_000_000_000 } })
    await send(order('full', 'first'), order('hana', 'second'))
    const [full] = await db().prisma.event.findMany({ where: { sourceId: 'first' } })
    await db().query('UPDATE customer_day SET amount_yen = 9223372036854775000 WHERE customer_id = $1::uuid', [
      full?.customerId
    ])
    const batch = ['a', 'b', 'c', 'd', 'e'].map((id) => order(id === 'd' ? 'full' : 'hana', id))
    const { errors, ...counts } = await send(...batch)
    expect(counts).toMatchObject({ received: 5, stored: 4, duplicates: 0 })
    expect(errors).toMatchObject([{ index: 3, messageId: 'd', error: 'message' }])
    expect(await send(...batch)).toMatchObject({ stored: 0, duplicates: 4, errors: [{ messageId: 'd' }] })
    expect((await stats()).map(({ orders }) => orders).sort()).toEqual([1, 5])
  })
})

describe('somebody who was erased', () => {
  const HOUR_MS = 3_600_000
  const hoursFrom = (at: Date, hours: number) => new Date(at.getTime() + hours * HOUR_MS).toISOString()

  async function erased() {
    const world = setUp()
    const { scope, send } = world
    await send({
      type: 'identify',
      messageId: 'i1',
      userId: 'hana',
      traits: { email: 'hana@example.jp', name: '花子' }
    })
    const [customer] = await db().prisma.customer.findMany()
    await eraseAs(scope, customer?.id ?? '')
    return { ...world, now: scope.at }
  }

  test('does not come back by a batch that comes late: told so, as no error, message by message', async () => {
    const { send, now } = await erased()
    const late = [
      track('Store Visited', { messageId: 'late', timestamp: hoursFrom(now, -1) }),
      {
        ...{ type: 'identify', messageId: 'who', timestamp: hoursFrom(now, -1), anonymousId: 'b7' },
        traits: { email: 'HANA@example.jp', name: '花子' }
      },
      track('Store Visited', { messageId: 'other', userId: 'taro' })
    ]
    const receipt = await send(...late)
    expect(receipt).toMatchObject({ received: 3, stored: 1, erased: 2, errors: [] })
    expect(receipt.warnings.map(({ index, messageId, error }) => [index, messageId, error])).toEqual([
      [0, 'late', 'erased'],
      [1, 'who', 'erased']
    ])
    expect(await db().prisma.identity.findMany({ select: { channel: true } })).toEqual([{ channel: 'ec' }])
    expect(await db().prisma.customerAttribute.count()).toBe(0)
  })

  test('is a new customer by what they do afterwards, of whom nothing from before is known', async () => {
    const { send, now, stats } = await erased()
    const order = (messageId: string, hours: number) =>
      track('Store Visited', { messageId, timestamp: hoursFrom(now, hours) })
    expect(await send(order('new', 1), order('old', -1))).toMatchObject({ stored: 1, erased: 1 })
    expect(await send(order('older', -2))).toMatchObject({ stored: 0, erased: 1 })
    expect(await stats()).toMatchObject([{ visits: 1 }])
  })

  test('takes nothing from who else is named: theirs is stored, without the identity that was erased', async () => {
    const { send, now } = await erased()
    await send(track('Store Visited', { messageId: 't', userId: 'taro' }))
    const shared = {
      type: 'identify',
      messageId: 's',
      timestamp: hoursFrom(now, -1),
      traits: { email: 'hana@example.jp' }
    }
    expect(await send({ ...shared, userId: 'taro' })).toMatchObject({ stored: 1, erased: 0 })
    expect(await db().prisma.identity.count()).toBe(1)
  })
})
