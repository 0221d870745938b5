import { describe, expect, test } from 'vitest'
import { computingMs } from '../../../test/support/computing.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { publish } from '../../features/definitions/index.ts'
import { type DemoOptions, loadDemo } from './load.ts'

const db = useDatabase()
const now = new Date('2026-11-21T03:00:00Z')
const lineUserId = `U${'a'.repeat(32)}`
const options: DemoOptions = {
  now,
  timeZone: 'Asia/Tokyo',
  regulars: [{ lineUserId, name: '田中 健', locale: 'ja' }],
  staff: ['UAYA', 'UKEN']
}

async function publishAll(): Promise<void> {
  const reward = { key: 'free-drink', valid_for: '60d' }
  await db().transaction(async (tx) => {
    await publish(tx, { kind: 'survey', key: 'nps', body: {}, at: now })
    await publish(tx, { kind: 'stamp_card', key: 'main', body: { goal: 10, expires: '365d', reward }, at: now })
    const earn = [{ on: 'visit', points: 5 }]
    await publish(tx, { kind: 'points', key: 'points', body: { earn, expires: '365d' }, at: now })
  })
}

const TABLES = [
  'customer',
  'identity',
  'event',
  'customer_stats',
  'consent_change',
  'survey_response',
  'survey_answer',
  'stamp_card',
  'stamp',
  'coupon_grant',
  'points_entry',
  'points_lot',
  'follow_up',
  'follow_up_reason',
  'follow_up_activity'
]
const counts = async () => {
  const query = TABLES.map((table) => `SELECT '${table}' AS name, count(*)::int AS rows FROM ${table}`).join(
    ' UNION ALL '
  )
  const rows = await db().query<{ name: string; rows: number }>(query)
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]))
}

describe('the demo in the database', () => {
  test('an empty database is filled in a few seconds, everything once', async () => {
    await publishAll()
    const load = async () => {
      const added = await loadDemo(db(), options)
      expect(await counts()).toMatchObject({ customer: added, identity: added, customer_stats: added })
    }
    expect(await computingMs(load)).toBeLessThan(10_000)
    const filled = await counts()
    expect(Object.values(filled).every((rows) => rows > 0)).toBe(true)
    expect(await loadDemo(db(), options)).toBe(0)
    expect(await counts()).toEqual(filled)
  })

  test('a shop with customers of its own is left alone', async () => {
    await db().prisma.customer.create({ data: { createdAt: now } })
    expect(await loadDemo(db(), options)).toBe(0)
    expect((await counts()).event).toBe(0)
  })

  test('without definitions there are customers and visits, but no cards or answers', async () => {
    expect(await loadDemo(db(), options)).toBeGreaterThan(400)
    expect(await counts()).toMatchObject({ survey_response: 0, stamp_card: 0, points_lot: 0, follow_up: 0 })
  })

  test('a definition of another shape leaves cards out instead of failing', async () => {
    await db().transaction((tx) => publish(tx, { kind: 'stamp_card', key: 'main', body: { goal: 'ten' }, at: now }))
    await loadDemo(db(), options)
    expect(await counts()).toMatchObject({ stamp_card: 0 })
  })

  test('the figures of each customer agree with their visits', async () => {
    await loadDemo(db(), options)
    const wrong = await db().query(
      `SELECT s.customer_id FROM customer_stats s JOIN (
         SELECT customer_id, count(*) AS visits, min(at) AS first, max(at) AS last FROM event WHERE name = 'visit' GROUP BY 1
       ) e USING (customer_id)
       WHERE s.visits <> e.visits OR s.first_visit_at <> e.first OR s.last_visit_at <> e.last`
    )
    expect(wrong).toEqual([])
  })

  test('the points of each customer add up, and all of them hold', async () => {
    await publishAll()
    await loadDemo(db(), options)
    const wrong = await db().query(
      `SELECT e.sum FROM (SELECT customer_id, sum(points) FROM points_entry GROUP BY 1) AS e
       FULL JOIN (SELECT customer_id, sum(remaining), min(expires_at) AS first FROM points_lot GROUP BY 1) AS l USING (customer_id)
       WHERE e.sum IS DISTINCT FROM l.sum OR l.first <= '2026-11-21T03:00:00Z'`
    )
    expect(wrong).toEqual([])
  })

  test('no name, reason or LINE id can be read in the store', async () => {
    await publishAll()
    await loadDemo(db(), options)
    const dump = JSON.stringify(await Promise.all(TABLES.map((table) => db().query(`SELECT * FROM ${table}`))))
    for (const secret of ['田中', '佐々木', lineUserId, 'プリン', '残念']) expect(dump).not.toContain(secret)
  })

  test('a person of the sandbox is found by their LINE id, with a history', async () => {
    await loadDemo(db(), options)
    const { cipher, prisma } = db()
    const externalHash = cipher.blindIndex('identity.external', lineUserId)
    const known = await prisma.identity.findUniqueOrThrow({
      where: { channel_externalHash: { channel: 'line', externalHash } },
      include: { customer: { include: { stats: true } } }
    })
    expect(cipher.open('customer.name', known.customer.nameSealed ?? '')).toBe('田中 健')
    expect(known.customer.stats?.visits).toBeGreaterThan(20)
  })

  test('every follow-up is resolved, so that the next unhappy customer gets one of their own', async () => {
    await publishAll()
    await loadDemo(db(), options)
    const open = await db().prisma.followUp.count({
      where: { OR: [{ resolvedAt: null }, { openCustomerId: { not: null } }] }
    })
    expect(open).toBe(0)
  })
})
