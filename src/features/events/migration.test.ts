import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCipher } from '../../../test/support/database.ts'
import { databaseTemplates } from '../../../test/support/template.ts'
import { type Database, databaseOver } from '../../platform/db/database.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../platform/db/embedded.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { readMigrations } from '../../platform/db/migrations.ts'
import { recordEvents } from './index.ts'

const CUSTOMER = '01990000-0000-7000-8000-000000000001'
const migrations = readMigrations()
const before = migrations.findIndex(({ name }) => name.endsWith('_events_and_figures'))

let embedded: EmbeddedPostgres
let db: Database
/** A database of the time before events lay in partitions, brought up to date. */
beforeAll(async () => {
  embedded = await startEmbedded({ template: (await databaseTemplates(testCipher)).file })
  await embedded.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await embedded.pool.query("SET TIME ZONE 'UTC'")
  await migrate(embedded.pool, migrations.slice(0, before))
  await embedded.pool.query(`INSERT INTO customer (id, created_at) VALUES ('${CUSTOMER}', '2025-01-01Z')`)
  await embedded.pool.query(
    `INSERT INTO event (id, customer_id, name, at, source, source_id, shop, properties) VALUES
       (gen_random_uuid(), '${CUSTOMER}', 'visit', '2024-02-29T23:00:00Z', 'pos', '来店-1', 'kamakura', '{}'),
       (gen_random_uuid(), '${CUSTOMER}', 'survey.answered', '2026-10-05T00:00:00Z', 'flow', '2', NULL, '{"score": 9}')`
  )
  await migrate(embedded.pool, migrations)
  db = databaseOver(embedded.pool, testCipher, { close: () => embedded.close(), ownSessions: true })
}, 120_000)
afterAll(() => db.close())

test('the events from before are all there, each in the partition of its month', async () => {
  const events = await db.query(
    'SELECT tableoid::regclass::text AS place, name, source_id, shop, properties FROM event ORDER BY at'
  )
  expect(events).toEqual([
    { place: 'event_2024_02', name: 'visit', source_id: '来店-1', shop: 'kamakura', properties: {} },
    { place: 'event_2026_10', name: 'survey.answered', source_id: '2', shop: null, properties: { score: 9 } }
  ])
})

test('an event from before that is told again is known', async () => {
  const again = {
    customerId: CUSTOMER,
    name: 'visit',
    at: new Date(),
    source: 'pos',
    sourceId: '来店-1',
    properties: {}
  }
  const outcomes = await db.transaction((tx) =>
    recordEvents({ tx, cipher: testCipher, now: new Date(), timeZone: 'Asia/Tokyo' }, [
      again,
      { ...again, sourceId: 'new' }
    ])
  )
  expect(outcomes).toEqual(['duplicate', 'recorded'])
})
