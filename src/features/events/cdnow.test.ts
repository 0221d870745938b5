import { expect, test } from 'vitest'
import { cdnowPurchases, cdnowSummaries } from '../../../test/support/cdnow.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { daysBetween } from '../../core/time.ts'
import { ensureMonths, type NewEvent, recordEvents } from './index.ts'

const db = useDatabase()
const END = '1997-09-30'
const BATCH = 500

const idOf = (customer: number) => `01990000-0000-7000-8000-${String(customer).padStart(12, '0')}`
const weeks = (from: string, to: string) => Math.round((daysBetween(from, to) / 7) * 100) / 100

test('purchases of CDNOW give each customer the (x, t_x, T) of the published summary', async () => {
  const purchases = cdnowPurchases()
  expect(purchases).toHaveLength(6919)
  const events = purchases.map(({ customer, day, amountUsd }, line): NewEvent => {
    const properties = { order_id: String(line), amount: Math.round(amountUsd * 100) }
    const at = new Date(`${day}T12:00:00Z`)
    return {
      customerId: idOf(customer),
      name: 'order.completed',
      at,
      source: 'cdnow',
      sourceId: String(line),
      properties
    }
  })
  const ids = [...new Set(events.map(({ customerId }) => customerId))]
  await db().prisma.customer.createMany({ data: ids.map((id) => ({ id, createdAt: new Date(`${END}T00:00:00Z`) })) })
  await ensureMonths(db(), new Date('1997-01-01T00:00:00Z'), new Date(`${END}T00:00:00Z`))
  // Last year first, and the file in no order: what is known at the end is the same.
  const observed = events.filter(({ at }) => at.toISOString().slice(0, 10) <= END).reverse()
  const work = { cipher: db().cipher, now: new Date(`${END}T23:00:00Z`), timeZone: 'UTC' }
  for (let from = 0; from < observed.length; from += BATCH)
    await db().transaction((tx) => recordEvents({ ...work, tx }, observed.slice(from, from + BATCH)))

  const rows = await db().query<{ customer: number; days: number; first: string; last: string }>(
    `SELECT right(customer_id::text, 12)::int AS customer, active_days AS days, first_day::text AS first, last_day::text AS last
     FROM customer_stats ORDER BY 1`
  )
  const found = rows.map(({ customer, days, first, last }) => {
    return { customer, x: days - 1, tx: weeks(first, last), T: weeks(first, END) }
  })
  expect(found).toEqual(cdnowSummaries())
  expect(found).toHaveLength(2357)
}, 60_000)
