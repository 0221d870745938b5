import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { ensureMonths, recordEvents } from './index.ts'
import { keepMonths } from './keep-months.ts'

const db = useDatabase()
/** Far from what other tests use: partitions stay when a database is emptied. */
let year = 2030
const now = () => new Date(Date.UTC(year, 10, 21))

async function record(...times: string[]) {
  const { id } = await db().prisma.customer.create({ data: { createdAt: now() } })
  const events = times.map((at) => ({
    ...{ customerId: id, name: 'visit', at: new Date(at), source: 'test', sourceId: at, properties: {} }
  }))
  const perform = createPerform({ scope: testScope(db(), now()), features: [], onCommit: () => undefined })
  return perform('test', (work) => recordEvents(work, events))
}

const places = async () => {
  const rows = await db().query<{ place: string; at: Date }>(
    'SELECT tableoid::regclass::text AS place, at FROM event ORDER BY at'
  )
  return rows.map(({ place }) => place)
}

test('an event of a month without a partition is taken all the same, and gets its place from the clock', async () => {
  year = 2031
  await record('2031-05-31T23:59:59.999Z', '2031-06-01T00:00:00Z')
  expect(await places()).toEqual(['event_default', 'event_default'])
  expect(await keepMonths(db(), now())).toBe(4 + 2)
  expect(await places()).toEqual(['event_2031_05', 'event_2031_06'])
  expect(await keepMonths(db(), now())).toBe(0)
})

test('an import makes the months it needs beforehand, each once', async () => {
  const [from, to] = [new Date('2001-11-30T23:59:59Z'), new Date('2002-01-01T00:00:00Z')]
  const made = await Promise.all([ensureMonths(db(), from, to), ensureMonths(db(), from, to)])
  expect(made[0] + made[1]).toBe(3)
  await record('2001-12-24T00:00:00Z')
  expect(await places()).toEqual(['event_2001_12'])
})

test('what is asked of the last three months touches only their partitions', async () => {
  await ensureMonths(db(), new Date('2040-01-01T00:00:00Z'), new Date('2040-12-31T00:00:00Z'))
  const plan = await db().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT count(DISTINCT customer_id) FROM event
     WHERE name = 'visit' AND at >= '2040-09-10T00:00:00Z' AND at < '2040-11-21T00:00:00Z'`
  )
  const touched = plan.flatMap((row) => row['QUERY PLAN'].match(/ on event_\w+/g) ?? [])
  expect(touched).toEqual(
    [' on event_2040_09', ' on event_2040_10', ' on event_2040_11'].map((each) => expect.stringContaining(each))
  )
})

test('a source tells an event once, whatever time it says the next time', async () => {
  const { id } = await db().prisma.customer.create({ data: { createdAt: now() } })
  const perform = createPerform({ scope: testScope(db(), now()), features: [], onCommit: () => undefined })
  const tell = (at: string) =>
    perform('test', (work) =>
      recordEvents(work, [
        { customerId: id, name: 'visit', at: new Date(at), source: 'pos', sourceId: '1', properties: {} }
      ])
    )
  expect([await tell('2026-01-01T00:00:00Z'), await tell('2026-07-01T00:00:00Z')]).toEqual([
    ['recorded'],
    ['duplicate']
  ])
})
