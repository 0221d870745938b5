import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { customerAttributes, customerPort } from '../customers/index.ts'
import { recordMessages } from './record-messages.ts'

const db = useDatabase()

function setUp(kind = 'ec') {
  const scope = testScope(db())
  const features = [{ name: 'listener', on: { visit: async () => undefined, 'page.viewed': async () => undefined } }]
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const port = customerPort({ scope, fetchProfile: async () => undefined })
  const arrival = { source: 'api:shop', kind, receivedAt: scope.at, timeZone: scope.timeZone, sentAt: undefined }
  return {
    scope,
    send: (...messages: unknown[]) => recordMessages(perform, messages, arrival),
    onLine: (userId: string) => perform('line', (work) => port.recognise(work, userId, {})),
    known: async (id: string) => Object.fromEntries(await customerAttributes(db().prisma, db().cipher, id)),
    stats: () => db().prisma.customerStats.findMany(),
    events: () => db().prisma.event.findMany({ orderBy: { name: 'asc' } }),
    waiting: () => db().prisma.inbox.count()
  }
}

let sent = 0
const track = (event: string, more: Record<string, unknown> = {}) => {
  sent += 1
  return { type: 'track', messageId: `m${sent}`, userId: 'hana', event, timestamp: '2026-11-21T00:30:00Z', ...more }
}

describe('a batch', () => {
  test('becomes one record of the person: who they are, what is known, what happened, what it adds up to', async () => {
    const { send, known, stats, events } = setUp()
    const receipt = await send(
      {
        type: 'identify',
        messageId: 'i1',
        userId: 'hana',
        anonymousId: 'b1',
        traits: { email: 'hana@example.jp', birthday: '1990-05-12' }
      },
      {
        type: 'page',
        messageId: 'p1',
        anonymousId: 'b1',
        context: { page: { url: 'https://x.jp/lp?utm_source=ig&mail=a@b.jp' } }
      },
      track('Order Completed', {
        properties: { order_id: 'o1', total: 1200, currency: 'JPY', products: [{ sku: 'a', price: 1200, name: '豆' }] }
      }),
      track('Store Visited', { properties: { shop: 'kamakura' } }),
      track('Latte Art Seen', { properties: { barista: '佐藤' } })
    )
    expect(receipt).toEqual({ received: 5, stored: 5, duplicates: 0, erased: 0, errors: [], warnings: [] })
    const [customer, ...others] = await db().prisma.customer.findMany()
    expect(others).toEqual([])
    expect(await known(customer?.id ?? '')).toEqual({ birthday: '1990-05-12' })
    expect(await stats()).toMatchObject([{ visits: 1, orders: 1, amountYen: 1200n }])
    const rows = (await events()).map(({ name, source, shop, properties }) => ({ name, source, shop, properties }))
    expect(rows).toEqual([
      { name: 'latte_art_seen', source: 'api:shop', shop: null, properties: {} },
      {
        ...{ name: 'order.completed', source: 'api:shop', shop: null },
        properties: { order_id: 'o1', amount: 1200, lines: [{ sku: 'a', quantity: 1, amount: 1200 }] }
      },
      { name: 'page.viewed', source: 'api:shop', shop: null, properties: { path: '/lp', utm_source: 'ig' } },
      { name: 'visit', source: 'api:shop', shop: 'kamakura', properties: {} }
    ])
    const stored = JSON.stringify(await db().query('SELECT * FROM event'))
    for (const secret of ['佐藤', '豆', 'a@b.jp', 'hana']) expect(stored).not.toContain(secret)
  })

  test('sent again, in part or whole, counts once', async () => {
    const { send, stats } = setUp()
    const [one, two] = [track('Store Visited'), track('Store Visited')]
    expect(await send(one)).toMatchObject({ stored: 1, duplicates: 0 })
    expect(await send(one, two, two)).toMatchObject({ received: 3, stored: 1, duplicates: 2, errors: [] })
    expect(await stats()).toMatchObject([{ visits: 2 }])
  })

  test('a message without an id counts once when it says when it happened', async () => {
    const { send, stats } = setUp()
    const { messageId: _, ...visit } = track('Store Visited')
    const { timestamp: __, ...timeless } = visit
    await send(visit, timeless)
    expect(await send({ ...visit, sentAt: '2026-11-21T00:59:59Z' }, timeless)).toMatchObject({
      stored: 1,
      duplicates: 1
    })
    expect(await stats()).toMatchObject([{ visits: 3 }])
  })

  test('bad messages are told with their place, their id and what to send instead; the good ones are stored', async () => {
    const { send, stats } = setUp()
    const { errors, stored } = await send(
      track('Order Completed', { messageId: 'bad1', properties: { order_id: 'o1', total: -5 } }),
      track('Store Visited'),
      track('Order Completed', { messageId: 'bad2', properties: { order_id: 'o2', total: 10, currency: 'USD' } }),
      'nonsense',
      track('Store Visited', { messageId: 'bad3', timestamp: '1900-01-01T00:00:00Z' }),
      track('Store Visited', { messageId: 'bad4', userId: 'guest' }),
      track('Store Visited', { messageId: 'bad5', userId: undefined })
    )
    expect(stored).toBe(1)
    expect(errors.map(({ index, messageId, error }) => [index, messageId, error])).toEqual([
      [0, 'bad1', 'properties.amount'],
      [2, 'bad2', 'properties.currency'],
      [3, undefined, 'type'],
      [4, 'bad3', 'timestamp'],
      [5, 'bad4', 'userId'],
      [6, 'bad5', 'userId']
    ])
    expect(errors.every(({ hint }) => hint.length > 10)).toBe(true)
    expect(await stats()).toMatchObject([{ visits: 1 }])
  })

  test('what is wrong with a part of what an identify tells leaves the rest', async () => {
    const { send, known } = setUp()
    const { warnings, errors } = await send({
      ...{ type: 'identify', messageId: 'i1', userId: 'hana' },
      traits: { email: 'not an address', birthday: '2100-01-01', seat: '窓側' }
    })
    expect(errors).toEqual([])
    expect(warnings.map(({ error }) => error)).toEqual(['traits.email', 'traits.birthday'])
    const [customer] = await db().prisma.customer.findMany()
    expect(await known(customer?.id ?? '')).toEqual({ seat: '窓側' })
  })

  test('what features listen for waits for them, what is old does not, and neither does what came before', async () => {
    const { send, waiting } = setUp()
    const visit = track('Store Visited')
    await send(visit, track('Store Visited', { timestamp: '2026-11-01T00:00:00Z' }), track('Feature Used'))
    await send(visit)
    expect(await waiting()).toBe(1)
  })

  test('none of it is stored when the database fails, and it can be sent again', async () => {
    const { send, stats } = setUp()
    const visit = track('Store Visited')
    await db().query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`
    )
    await db().query('CREATE TRIGGER fail BEFORE INSERT ON customer_day FOR EACH ROW EXECUTE FUNCTION fail()')
    try {
      await expect(send(visit)).rejects.toThrow()
    } finally {
      await db().query('DROP TRIGGER fail ON customer_day')
      await db().query('DROP FUNCTION fail()')
    }
    expect([await db().prisma.customer.count(), await db().prisma.event.count()]).toEqual([0, 0])
    expect(await send(visit)).toMatchObject({ stored: 1 })
    expect(await stats()).toMatchObject([{ visits: 1 }])
  })
})

describe('who somebody is', () => {
  test('an alias makes the browser theirs, and the account of before', async () => {
    const { send } = setUp()
    await send(track('Page', { userId: undefined, anonymousId: 'b1' }))
    await send({ type: 'alias', messageId: 'a1', previousId: 'b1', userId: 'hana' })
    await send({ type: 'alias', messageId: 'a2', previousId: 'hana', userId: 'hana2' })
    await send(track('Seen', { userId: 'hana2' }), track('Seen', { userId: undefined, anonymousId: 'b1' }))
    const owners = await db().prisma.event.groupBy({ by: ['customerId'], where: { name: 'seen' } })
    expect(owners).toHaveLength(1)
  })

  test('nobody becomes somebody on LINE by sending their LINE id, and nothing of such a message is stored', async () => {
    const { send, onLine } = setUp()
    const userId = `U${'0123456789abcdef'.repeat(2)}`
    const victim = await onLine(userId)
    const forged = { email: 'thief@example.jp' }
    const { stored, errors } = await send(
      { type: 'identify', messageId: 'f1', userId, traits: forged },
      { type: 'identify', messageId: 'f2', userId: 'thief', traits: { ...forged, lineUserId: userId } },
      {
        type: 'identify',
        messageId: 'f3',
        userId: 'thief',
        traits: forged,
        context: { externalIds: [{ id: userId, type: 'line' }] }
      },
      { type: 'alias', messageId: 'f4', userId: 'thief', previousId: userId }
    )
    expect(stored).toBe(0)
    expect(new Set(errors.map(({ messageId }) => messageId))).toEqual(new Set(['f1', 'f2', 'f3', 'f4']))
    expect(await db().prisma.identity.findMany()).toMatchObject([{ channel: 'line', customerId: victim?.id }])
    expect(await db().prisma.customer.count()).toBe(1)
  })

  test("a browser's key neither says who somebody is nor what counts as money", async () => {
    const { send } = setUp('browser')
    const { stored, errors } = await send(
      track('Menu Opened', {
        anonymousId: 'b1',
        userId: 'victim',
        context: { traits: { email: 'victim@example.jp' } }
      }),
      { type: 'page', messageId: 'ok', anonymousId: 'b1' },
      track('Order Completed', { anonymousId: 'b1', properties: { order_id: 'o', total: 1 } }),
      track('visit', { anonymousId: 'b1' }),
      { type: 'identify', messageId: 'x', anonymousId: 'b1', traits: { email: 'victim@example.jp' } },
      track('Menu Opened')
    )
    expect([stored, errors.map(({ index }) => index)]).toEqual([2, [2, 3, 4, 5]])
    expect((await db().prisma.identity.findMany()).map(({ channel }) => channel)).toEqual(['anonymous'])
  })

  test('nobody tells of what only Matane can know', async () => {
    const { send } = setUp()
    const own = ['line.followed', 'Stamp Granted', 'follow_up.resolved', 'attribution.touched', 'line_unfollowed']
    const { stored, errors } = await send(...own.map((name) => track(name)))
    expect([stored, errors.map(({ error }) => error)]).toEqual([0, own.map(() => 'event')])
  })

  test('how somebody came is kept of an identify as well', async () => {
    const { send, events } = setUp()
    await send(
      { type: 'identify', messageId: 'i1', userId: 'hana', context: { campaign: { name: 'spring', source: 'line' } } },
      { type: 'identify', messageId: 'i2', userId: 'hana', traits: { plan: 'gold' } }
    )
    expect((await events()).map(({ name, properties }) => [name, properties])).toEqual([
      ['attribution.touched', { utm_campaign: 'spring', utm_source: 'line' }]
    ])
  })
})

test('batches at the same time, with the same people and messages in any order, end well and count once', async () => {
  const { send } = setUp()
  const people = Array.from({ length: 15 }, (_, n) => [
    { type: 'identify', messageId: `i${n}`, userId: `u${n}`, traits: { email: `p${n}@example.jp`, name: `p${n}` } },
    track('Store Visited', { messageId: `v${n}`, userId: `u${n}` })
  ]).flat()
  const batches = Array.from({ length: 6 }, (_, n) => (n % 2 ? [...people].reverse() : people))
  await Promise.all(batches.map((batch) => send(...batch)))
  expect(await db().prisma.customer.count()).toBe(15)
  expect((await db().prisma.customerStats.findMany()).map(({ visits }) => visits)).toEqual(Array(15).fill(1))
})
