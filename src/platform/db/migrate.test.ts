import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testCipher } from '../../../test/support/database.ts'
import { databaseTemplates } from '../../../test/support/template.ts'
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { type Migration, migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'

let embedded: EmbeddedPostgres
beforeAll(async () => {
  embedded = await startEmbedded({ template: (await databaseTemplates(testCipher)).file })
}, 120_000)
afterAll(() => embedded.close())
beforeEach(() => embedded.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))

const FIRST: Migration = { name: '1_first', sql: 'CREATE TABLE a (n int);' }
const SECOND: Migration = { name: '2_second', sql: 'CREATE TABLE b (n int);\nINSERT INTO b VALUES (1);' }

async function tables(): Promise<string[]> {
  const { rows } = await embedded.pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY 1`
  )
  return rows.map(({ name }) => name)
}

test('each is applied once, in order', async () => {
  expect(await migrate(embedded.pool, [FIRST])).toEqual(['1_first'])
  expect(await migrate(embedded.pool, [FIRST, SECOND])).toEqual(['2_second'])
  expect(await migrate(embedded.pool, [FIRST, SECOND])).toEqual([])
  expect(await tables()).toEqual(['a', 'b'])
})

test('a database that is up to date is asked once, and waits for nobody', async () => {
  await migrate(embedded.pool, [FIRST, SECOND])
  const client = await embedded.pool.connect()
  const queries = vi.spyOn(client, 'query')
  client.release()
  expect(await migrate(embedded.pool, [FIRST, SECOND])).toEqual([])
  expect(queries.mock.calls.length).toBeLessThan(4)
  expect(queries.mock.calls.join()).not.toMatch(/BEGIN|LOCK/i)
})

test('one that fails leaves nothing of itself behind, and the ones before it in place', async () => {
  const broken = { name: '2_broken', sql: 'CREATE TABLE b (n int);\nINSERT INTO nowhere VALUES (1);' }
  await expect(migrate(embedded.pool, [FIRST, broken])).rejects.toThrow('nowhere')
  expect(await tables()).toEqual(['a'])
  expect(await migrate(embedded.pool, [FIRST, SECOND])).toEqual(['2_second'])
})

test('one that cannot be noted as applied is undone', async () => {
  const unnoted = {
    name: '2_unnoted',
    sql: 'CREATE TABLE b (n int);\nALTER TABLE _prisma_migrations ALTER logs SET NOT NULL'
  }
  await migrate(embedded.pool, [FIRST])
  await embedded.pool.query('DELETE FROM _prisma_migrations')
  await embedded.pool.query('DROP TABLE a')
  await expect(migrate(embedded.pool, [unnoted])).rejects.toThrow('logs')
  expect(await tables()).toEqual([])
})

test('one that was edited after it was applied stops the start', async () => {
  await migrate(embedded.pool, [FIRST])
  await expect(migrate(embedded.pool, [{ ...FIRST, sql: 'CREATE TABLE c (n int);' }])).rejects.toThrow(
    /1_first was edited/
  )
})

test('one that another tool left half done stops the start', async () => {
  await migrate(embedded.pool, [FIRST])
  await embedded.pool.query('UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(migrate(embedded.pool, [FIRST])).rejects.toThrow(/1_first failed earlier/)
})

test("the project's own are in the order of their names, and none is empty", () => {
  const migrations = readMigrations()
  expect(migrations.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name).toSorted())
  for (const { name, sql } of migrations) {
    expect(name).toMatch(/^\d{14}_[a-z0-9_]+$/)
    expect(sql.trim()).not.toBe('')
  }
})
