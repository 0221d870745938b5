import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { type NewEvent, rebuildAllStats, rebuildStats, recordEvents } from './index.ts'

const db = useDatabase()
const now = new Date('2026-11-21T01:00:00Z')
const timeZone = 'Asia/Tokyo'
const IDS = ['a', 'b', 'c'].map((letter) => `01990000-0000-7000-8000-00000000000${letter}`)

/** Every row of both tables, in a fixed order; when a stage began, and when it is looked at next, is history. */
const rows = async () => [
  await db().query('SELECT * FROM customer_day ORDER BY customer_id, day'),
  await db().query(
    `SELECT to_jsonb(stats) - 'stage_since' - 'stage_due_on' AS row FROM customer_stats AS stats ORDER BY customer_id`
  )
]

async function begin(): Promise<void> {
  await db().query('TRUNCATE customer, event_key CASCADE')
  await db().prisma.customer.createMany({ data: IDS.map((id) => ({ id, createdAt: now })) })
}

async function tell(batches: readonly (readonly NewEvent[])[]): Promise<void> {
  for (const batch of batches)
    await db().transaction((tx) => recordEvents({ tx, cipher: db().cipher, now, timeZone }, batch))
}

const amount = fc.nat({ max: 100_000 })
const what = fc.oneof(
  fc.constant({ name: 'visit', properties: {} }),
  fc.record({ name: fc.constantFrom('order.completed', 'order.refunded'), properties: fc.record({ amount }) }),
  fc.record({
    name: fc.constant('survey.answered'),
    properties: fc.record({ measure: fc.constantFrom('nps', 'csat', 'ces', 'other'), score: fc.nat({ max: 10 }) })
  }),
  fc.record({ name: fc.constant('inquiry.opened'), properties: fc.record({ negative: fc.boolean() }) }),
  fc.record({
    name: fc.constantFrom('message.sent', 'message.clicked', 'coupon.granted', 'coupon.redeemed', 'page.viewed'),
    properties: fc.constant({})
  })
)
/** A few hours of 500 days, so that days, gaps and instants collide. */
const at = fc
  .tuple(fc.nat({ max: 500 }), fc.constantFrom(0, 14, 15, 16))
  .map(([day, hour]) => new Date(now.getTime() - day * 86_400_000 + hour * 3_600_000 - 36_000_000))
const events = fc
  .array(fc.record({ customerId: fc.constantFrom(...IDS), at, what }), { minLength: 1, maxLength: 25 })
  .map((list) =>
    list.map(({ what: told, ...rest }, n): NewEvent => ({ ...rest, ...told, source: 'test', sourceId: `${n}` }))
  )
/** The same events in another order, in batches, some of them told again. */
const telling = events.chain((list) =>
  fc.record({
    inOrder: fc.constant(list),
    batches: fc
      .tuple(fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list), fc.integer({ min: 1, max: 8 }))
      .map(([shuffled, again, size]) => {
        const all = [...shuffled, ...again]
        return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))
      })
  })
)

describe('figures', () => {
  test('are the same in whatever order, batches and repetitions events are told, and when made anew', async () => {
    await fc.assert(
      fc.asyncProperty(telling, async ({ inOrder, batches }) => {
        await begin()
        await tell([inOrder])
        const expected = await rows()
        await begin()
        await tell(batches)
        expect(await rows()).toEqual(expected)
        expect(await rebuildAllStats(db(), { now, timeZone })).toEqual({ customers: 3, after: undefined })
        expect(await rows()).toEqual(expected)
      }),
      { numRuns: 30 }
    )
  }, 120_000)

  test('of two answers at the same instant the worse one counts, in whatever order they come', async () => {
    const answer = (score: number): NewEvent => {
      const properties = { measure: 'nps', score }
      return {
        customerId: IDS[0] ?? '',
        name: 'survey.answered',
        at: now,
        source: 'test',
        sourceId: `${score}`,
        properties
      }
    }
    for (const scores of [
      [9, 3],
      [3, 9]
    ]) {
      for (const batches of [[scores.map(answer)], scores.map((score) => [answer(score)])]) {
        await begin()
        await tell(batches)
        expect(await db().prisma.customerStats.findMany()).toMatchObject([{ lastNps: 3, negatives: 1 }])
      }
    }
  })

  test('that went wrong are right again when made anew, those of nobody go', async () => {
    await begin()
    const visit = { customerId: IDS[0] ?? '', name: 'visit', at: now, source: 'test', sourceId: '1', properties: {} }
    await tell([[visit]])
    const expected = await rows()
    await db().query('UPDATE customer_day SET visits = 7, orders = 3')
    await db().query('UPDATE customer_stats SET visits = 9, gap_ln_sum = 5')
    await db().query(`INSERT INTO customer_stats (customer_id, visits) VALUES ('${IDS[1]}', 4)`)
    await db().transaction((tx) => rebuildStats({ tx, cipher: db().cipher, now, timeZone }, IDS))
    expect(await rows()).toEqual(expected)
  })

  test('of a customer with more events than fit in a page are whole', async () => {
    await begin()
    await db().query(
      `INSERT INTO event (id, customer_id, name, at, source, source_id)
       SELECT gen_random_uuid(), $1, 'visit', $2::timestamptz - (n / 4) * interval '1 hour', 'test', n::text FROM generate_series(1, 12000) AS n`,
      [IDS[0], now]
    )
    await rebuildAllStats(db(), { now, timeZone })
    const [stats] = await db().prisma.customerStats.findMany()
    expect(stats).toMatchObject({ visits: 12_000, activeDays: 126 })
  })

  test('are made anew in steps that can be left and taken up again, and say how far they are', async () => {
    await begin()
    const scope = testScope(db(), now)
    const said: string[] = []
    const step = {
      now: scope.now(),
      timeZone,
      onProgress: (done: number, total: number) => void said.push(`${done}/${total}`)
    }
    const { after } = await rebuildAllStats(db(), { ...step, isOver: () => true })
    expect(after).toBe(IDS[2])
    expect(await rebuildAllStats(db(), { ...step, after: after ?? '' })).toEqual({ customers: 0, after: undefined })
    expect(said).toEqual(['3/3'])
  })
})
