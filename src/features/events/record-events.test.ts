import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { newId } from '../../core/ids.ts'
import type { Tx } from '../../platform/db/index.ts'
import { createPerform } from '../../platform/perform.ts'
import { type NewEvent, recordEvents } from './index.ts'
import { eventKey } from './store/append.ts'

const db = useDatabase()

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  return {
    record: (events: readonly NewEvent[]) => perform(`test:${newId()}`, (work) => recordEvents(work, events)),
    customer: async () => (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id,
    stats: (customerId: string) => db().prisma.customerStats.findUniqueOrThrow({ where: { customerId } })
  }
}

let told = 0
/** An event of a day and hour in Japan ("2026-11-20 10"), with an id of its own. */
function event(customerId: string, name: string, when: string, more: Partial<NewEvent> = {}): NewEvent {
  told += 1
  const at = new Date(`${when.replace(' ', 'T')}:00:00+09:00`)
  return { customerId, name, at, source: 'test', sourceId: `event-${told}`, properties: {}, ...more }
}
const order = (customerId: string, when: string, amount: number, name = 'order.completed') =>
  event(customerId, name, when, { properties: { order_id: when, amount } })

describe('a batch of events', () => {
  test('each is recorded once; one told before, or twice in the batch, is a duplicate in its place', async () => {
    const { record, customer } = setUp()
    const id = await customer()
    const [a, b, c] = ['10', '11', '12'].map((hour) => event(id, 'visit', `2026-11-20 ${hour}`)) as [
      NewEvent,
      NewEvent,
      NewEvent
    ]
    expect(await record([a, b, a])).toEqual(['recorded', 'recorded', 'duplicate'])
    expect(await record([b, c, b])).toEqual(['duplicate', 'recorded', 'duplicate'])
    expect(await record([])).toEqual([])
    expect(await db().prisma.event.count()).toBe(3)
  })

  test('the same id of two sources is two events', async () => {
    const { record, customer } = setUp()
    const visit = event(await customer(), 'visit', '2026-11-20 10')
    expect(await record([visit, { ...visit, source: 'pos' }])).toEqual(['recorded', 'recorded'])
  })

  test('what is personal cannot be read in the store, and opens with the key', async () => {
    const { record, customer } = setUp()
    await record([
      event(await customer(), 'x', '2026-11-20 10', { properties: { plan: 'a' }, personal: { memo: '佐藤様' } })
    ])
    const [row] = await db().query<{ properties_sealed: string }>('SELECT * FROM event')
    expect(JSON.stringify(row)).not.toContain('佐藤')
    expect(row).toMatchObject({ properties: { plan: 'a' } })
    expect(db().cipher.open('event.properties', row?.properties_sealed ?? '')).toBe('{"memo":"佐藤様"}')
  })

  test('of a customer who does not exist nothing is kept', async () => {
    const { record, customer } = setUp()
    const id = await customer()
    await expect(
      record([event(id, 'visit', '2026-11-20 10'), event(newId(), 'visit', '2026-11-20 10')])
    ).rejects.toThrow()
    expect(await db().prisma.event.count()).toBe(0)
    expect(await db().prisma.eventKey.count()).toBe(0)
  })

  test('batches at the same time with the same customers and events, in any order, end well and count once', async () => {
    const { customer, stats } = setUp()
    const ids = await Promise.all(Array.from({ length: 12 }, customer))
    const events = ids.flatMap((id) => [event(id, 'visit', '2026-11-20 10'), order(id, '2026-11-20 11', 500)])
    const orders = [events, [...events].reverse(), [...events].sort((a, b) => (a.customerId < b.customerId ? 1 : -1))]
    // Without the retry of a unit of work, which would hide that two waited for each other.
    const work = { cipher: db().cipher, now: new Date('2026-11-21T01:00:00Z'), timeZone: 'Asia/Tokyo' }
    const outcomes = await Promise.all(
      Array.from({ length: 9 }, (_, n) => db().transaction((tx) => recordEvents({ ...work, tx }, orders[n % 3] ?? [])))
    )
    expect(outcomes.flat().filter((outcome) => outcome === 'recorded')).toHaveLength(events.length)
    for (const id of ids) expect(await stats(id)).toMatchObject({ visits: 1, orders: 1, amountYen: 500n })
  })
})

/** Embedded there is one session: nobody can wait for anybody. */
test.runIf(process.env.TEST_DATABASE_URL)(
  'two batches that both wait for a third do not wait for each other afterwards',
  async () => {
    const { customer } = setUp()
    const id = await customer()
    const events = Array.from({ length: 9 }, () => event(id, 'page.viewed', '2026-11-20 10'))
    const byKey = events.sort((a, b) => (eventKey(a) < eventKey(b) ? -1 : 1))
    const work = { cipher: db().cipher, now: new Date('2026-11-21T01:00:00Z'), timeZone: 'Asia/Tokyo' }
    const tell = (batch: readonly NewEvent[]) => db().transaction((tx) => recordEvents({ ...work, tx }, batch))
    const waiting = await db().transaction(async (tx) => {
      await recordEvents({ ...work, tx }, byKey.slice(4, 5))
      const both = [tell(byKey), tell(byKey.toReversed())]
      await expect
        .poll(
          () =>
            db().query(
              `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
            ),
          {
            interval: 5,
            timeout: 10_000
          }
        )
        .toHaveLength(2)
      return { both }
    })
    const outcomes = await Promise.all(waiting.both)
    expect(outcomes.flat().filter((outcome) => outcome === 'recorded')).toHaveLength(8)
  },
  30_000
)

/** What this session did so far: how often it looked through all days or figures, and how many rows it wrote anew. */
async function touches(tx: Tx) {
  const [row] = await tx.$queryRaw<{ scans: number; updates: number }[]>`
    SELECT sum(seq_scan)::int AS scans, sum(n_tup_upd)::int AS updates FROM pg_stat_xact_user_tables
    WHERE relname IN ('customer_day', 'customer_stats', 'customer_key')`
  return row
}

/** As if the tables had never been looked at: other tests' rows must not decide how statements are planned. */
async function forgetSizes(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM pg_statistic WHERE starelid IN ('customer_day'::regclass, 'customer_stats'::regclass, 'customer_key'::regclass)`
  await tx.$executeRaw`
    UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relname IN ('customer_day', 'customer_stats', 'customer_key')`
}

describe('the figures of a customer', () => {
  test('say first and last, counts, amounts less refunds, and the last answers', async () => {
    const { record, customer, stats } = setUp()
    const id = await customer()
    const answer = (when: string, measure: string, score: number) =>
      event(id, 'survey.answered', when, { properties: { measure, score } })
    await record([
      ...[
        order(id, '2026-11-01 12', 3000),
        order(id, '2026-10-02 12', 2000),
        order(id, '2026-11-03 12', 500, 'order.refunded')
      ],
      ...[answer('2026-11-01 13', 'nps', 9), answer('2026-10-01 13', 'nps', 3), answer('2026-11-02 13', 'csat', 2)],
      ...[
        event(id, 'inquiry.opened', '2026-11-04 09', { properties: { negative: true } }),
        event(id, 'visit', '2026-11-02 12')
      ],
      ...[
        event(id, 'message.sent', '2026-11-05 09'),
        event(id, 'message.clicked', '2026-11-05 10'),
        event(id, 'coupon.granted', '2026-11-05 11')
      ],
      ...[event(id, 'coupon.redeemed', '2026-11-06 11'), event(id, 'page.viewed', '2026-11-06 12')]
    ])
    expect(await stats(id)).toMatchObject({
      ...{ visits: 1, orders: 2, amountYen: 4500n, refundedYen: 500n, inquiries: 1, negatives: 3 },
      ...{ firstOrderAt: new Date('2026-10-02T03:00:00Z'), lastOrderAt: new Date('2026-11-01T03:00:00Z') },
      ...{ firstVisitAt: new Date('2026-11-02T03:00:00Z'), lastVisitAt: new Date('2026-11-02T03:00:00Z') },
      ...{ lastNps: 9, lastNpsAt: new Date('2026-11-01T04:00:00Z'), lastCsat: 2 },
      ...{ messagesSent: 1, messagesClicked: 1, couponsGranted: 1, couponsRedeemed: 1 }
    })
  })

  test('windows end with today in Japan and hold 30, 90 and 365 days', async () => {
    const { record, customer, stats } = setUp()
    const id = await customer()
    // Now is 2026-11-21 10:00 in Japan: 30 days begin on 2026-10-23, 90 on 2026-08-24, 365 on 2025-11-22.
    const days = ['2026-10-23', '2026-10-22', '2026-08-24', '2026-08-23', '2025-11-22', '2025-11-21']
    await record(days.flatMap((day, n) => [order(id, `${day} 00`, 10 ** n), event(id, 'visit', `${day} 23`)]))
    expect(await stats(id)).toMatchObject({
      ...{ windowsOn: new Date('2026-11-21T00:00:00Z'), orders30d: 1, visits90d: 3, orders365d: 5 },
      ...{ amount30dYen: 1n, amount90dYen: 111n, amount365dYen: 11_111n, amountYen: 111_111n }
    })
  })

  test('the rhythm is that of days with a visit or an order, however many each had', async () => {
    const { record, customer, stats } = setUp()
    const id = await customer()
    await record([event(id, 'visit', '2026-11-10 23'), event(id, 'visit', '2026-11-01 00')])
    await record([
      order(id, '2026-11-03 12', 1),
      event(id, 'visit', '2026-11-03 13'),
      event(id, 'inquiry.opened', '2026-11-05 10')
    ])
    // Gaps of 2 and 7 days.
    expect(await stats(id)).toMatchObject({
      ...{ activeDays: 3, firstDay: new Date('2026-11-01T00:00:00Z'), lastDay: new Date('2026-11-10T00:00:00Z') },
      ...{
        gapMeanDays: 4.5,
        gapSpreadDays: expect.closeTo(3.5355339),
        gapLnSum: expect.closeTo(Math.log(2) + Math.log(7))
      }
    })
  })

  test('are written once a batch, and found by their keys however few there are', async () => {
    const { record, customer } = setUp()
    const ids = await Promise.all(Array.from({ length: 5 }, customer))
    await record(ids.map((id) => event(id, 'visit', '2026-11-01 10')))
    const work = { cipher: db().cipher, now: new Date('2026-11-21T01:00:00Z'), timeZone: 'Asia/Tokyo' }
    // The second visit changes the stage as well.
    const visits = ids.flatMap((id) => ['19 10', '20 10'].map((day) => event(id, 'visit', `2026-11-${day}`)))
    const [before, after] = await db().transaction(async (tx) => {
      await forgetSizes(tx)
      const first = await touches(tx)
      await recordEvents({ ...work, tx }, visits)
      return [first, await touches(tx)]
    })
    const more = (name: 'scans' | 'updates') => (after?.[name] ?? 0) - (before?.[name] ?? 0)
    expect({ scans: more('scans'), updates: more('updates') }).toEqual({ scans: 0, updates: ids.length })
    expect(await db().prisma.stageChange.count()).toBe(2 * ids.length)
  })

  test('an event that counts for nothing makes none', async () => {
    const { record, customer } = setUp()
    await record([event(await customer(), 'page.viewed', '2026-11-10 23')])
    expect(await db().prisma.customerStats.count()).toBe(0)
  })
})
