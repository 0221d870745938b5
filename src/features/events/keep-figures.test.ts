import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type NewEvent, recordEvents } from './index.ts'
import { keepFigures } from './keep-figures.ts'

const db = useDatabase()
const timeZone = 'Asia/Tokyo'
/** Noon in Japan. */
const noon = (day: string) => new Date(`${day}T03:00:00Z`)
const today = '2026-11-21'

async function customer(): Promise<string> {
  return (await db().prisma.customer.create({ data: { createdAt: noon(today) } })).id
}

let told = 0
async function tell(
  customerId: string,
  days: readonly string[],
  more: Partial<NewEvent> = {},
  on = today
): Promise<void> {
  const events = days.map((day) => {
    told += 1
    const properties = { order_id: 'a', amount: 100 }
    return {
      customerId,
      name: 'order.completed',
      at: noon(day),
      source: 'test',
      sourceId: String(told),
      properties,
      ...more
    }
  })
  await db().transaction((tx) => recordEvents({ tx, cipher: db().cipher, now: noon(on), timeZone }, events))
}

const keep = (day: string, isOver = () => false, zone = timeZone) =>
  keepFigures({ db: db(), now: noon(day), timeZone: zone, isOver })
const stats = (customerId: string) => db().prisma.customerStats.findUniqueOrThrow({ where: { customerId } })
const history = (customerId: string) =>
  db()
    .query<{ text: string }>(
      `SELECT concat_ws(' ', noticed_on::text, stage, 'since', since::text) AS text FROM stage_change WHERE customer_id = $1 ORDER BY noticed_on`,
      [customerId]
    )
    .then((rows) => rows.map(({ text }) => text))

describe('as time goes by', () => {
  test('windows end with today, night after night, until there is nothing in them', async () => {
    const id = await customer()
    await tell(id, ['2026-11-01'])
    expect(await stats(id)).toMatchObject({ amount30dYen: 100n, amount365dYen: 100n })
    await keep('2026-11-30')
    expect(await stats(id)).toMatchObject({ amount30dYen: 100n, windowsOn: new Date('2026-11-30T00:00:00Z') })
    await keep('2026-12-01')
    expect(await stats(id)).toMatchObject({ amount30dYen: 0n, amount90dYen: 100n })
    await keep('2027-11-01')
    expect(await stats(id)).toMatchObject({ amount365dYen: 0n, amountYen: 100n, windowsOn: null })
  })

  test('who stays away slips, sleeps and is lost; who comes again is welcome; all of it stays on record', async () => {
    const id = await customer()
    await tell(id, ['2026-01-01'], {}, '2026-01-01')
    for (const day of ['2026-01-20', '2026-02-16', '2026-04-02', '2026-04-03', '2026-07-05']) await keep(day)
    await tell(id, ['2026-08-01'], {}, '2026-08-01')
    expect(await history(id)).toEqual([
      '2026-01-01 new since 2026-01-01',
      '2026-02-16 slipping since 2026-02-16',
      '2026-04-02 dormant since 2026-04-02',
      '2026-07-05 lost since 2026-07-01',
      '2026-08-01 returned since 2026-08-01'
    ])
    expect(await stats(id)).toMatchObject({ stage: 'returned', stageSince: new Date('2026-08-01T00:00:00Z') })
  })

  test('a subscription says more than visits: a failed payment, its end, a new beginning', async () => {
    const id = await customer()
    const steps = [
      ['2026-01-01', 'subscription.started'],
      ['2026-04-01', 'subscription.payment_failed'],
      ['2026-04-03', 'subscription.paid'],
      ['2026-06-01', 'subscription.cancelled'],
      ['2026-09-01', 'subscription.started']
    ] as const
    for (const [day, name] of steps) await tell(id, [day], { name, properties: {} }, day)
    expect((await history(id)).map((text) => text.split(' ')[1])).toEqual([
      'new',
      'slipping',
      'active',
      'lost',
      'returned'
    ])
  })

  test('what is usual is learnt from the customers, and every stage looked at again', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, customer))
    for (const id of ids) await tell(id, ['2026-10-20', '2026-10-27', '2026-11-03'])
    expect(await stats(ids[0] ?? '')).toMatchObject({ stage: 'onboarding' })
    await keep(today)
    expect(await stats(ids[0] ?? '')).toMatchObject({ stage: 'slipping' })
  })

  test('quintiles are rated once a day among who was active in a year: the same value, the same quintile', async () => {
    const amounts = [100, 100, 100, 200, 300, 5000, 5000, 7000, 100, 100]
    const ids = await Promise.all(amounts.map(customer))
    for (const [n, id] of ids.entries()) {
      const days = Array.from({ length: 1 + (n % 4) }, (_, count) => `2026-1${n % 2}-0${count + 1}`)
      await tell(id, days, { properties: { order_id: 'a', amount: amounts[n] ?? 0 } })
    }
    const past = await customer()
    await tell(past, ['2024-05-05'])
    await keep(today)
    const rows = await db().prisma.customerStats.findMany({ where: { customerId: { not: past } } })
    const expected = (of: (row: (typeof rows)[number]) => number) =>
      rows.map((row) => 1 + Math.floor((5 * rows.filter((other) => of(other) < of(row)).length) / rows.length))
    expect(rows.map(({ recencyScore }) => recencyScore)).toEqual(expected(({ lastDay }) => lastDay?.getTime() ?? 0))
    expect(rows.map(({ frequencyScore }) => frequencyScore)).toEqual(expected((row) => row.activeDays365d))
    expect(rows.map(({ moneyScore }) => moneyScore)).toEqual(expected((row) => Number(row.amount365dYen)))
    expect(await stats(past)).toMatchObject({ recencyScore: null, frequencyScore: null, moneyScore: null })
  })

  test('figures from before there were days are made anew, and again when the time zone changes', async () => {
    const id = await customer()
    await tell(id, ['2026-11-20'], { at: new Date('2026-11-20T20:00:00Z') })
    await db().query('TRUNCATE customer_day, customer_stats')
    await keep(today)
    expect(await stats(id)).toMatchObject({ orders: 1, lastDay: new Date('2026-11-21T00:00:00Z') })
    await keep(today, () => false, 'America/New_York')
    expect(await stats(id)).toMatchObject({ orders: 1, lastDay: new Date('2026-11-20T00:00:00Z') })
  })

  test('what does not fit into the time is done the next time', async () => {
    const id = await customer()
    await tell(id, ['2026-01-01'], {}, '2026-01-01')
    const turns = []
    for (let turn = 0; turn < 6; turn += 1) turns.push(await keep(today, () => true))
    expect(turns.at(0)).toBe(false)
    expect(turns.at(-1)).toBe(true)
    expect(await stats(id)).toMatchObject({ stage: 'lost', amount30dYen: 0n })
  })
})
