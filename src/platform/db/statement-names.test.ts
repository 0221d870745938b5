import { expect, test } from 'vitest'
import { testCipher } from '../../../test/support/database.ts'
import { databaseOver } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { createStatementNames } from './statement-names.ts'

test('a statement that comes again has one name from then on, and no two share one', () => {
  const nameOf = createStatementNames()
  expect(['a', 'b', 'a', 'a', 'b', 'a'].map(nameOf)).toEqual(['', '', 'matane_1', 'matane_1', 'matane_2', 'matane_1'])
})

test('however many statements there are, a session keeps few of them', () => {
  const nameOf = createStatementNames()
  const texts = Array.from({ length: 5_000 }, (_, n) => [`SELECT ${n}`, `SELECT ${n}`]).flat()
  const names = new Set(texts.map(nameOf))
  expect(names.size).toBe(251)
})

test('sessions of our own keep what comes again prepared, by every road', async () => {
  // A database of its own: one that other tests shared may keep as many as it will already.
  const embedded = await startEmbedded()
  const db = databaseOver(embedded.pool, testCipher, { close: () => embedded.close(), ownSessions: true })
  const sql = `SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement = 'SELECT 17::int + $1 AS n'`
  const kept = async () => (await db.query<{ n: number }>(sql))[0]?.n
  await db.query('SELECT 17::int + $1 AS n', [1])
  expect(await kept()).toBe(0)
  for (let more = 0; more < 10; more += 1) await db.query('SELECT 17::int + $1 AS n', [more])
  expect(await kept()).toBeGreaterThan(0)
  const [inTransaction] = await db.transaction((tx) => tx.$queryRaw<{ n: number }[]>`SELECT 17::int + ${3} AS n`)
  expect(inTransaction).toEqual({ n: 20 })
  await db.close()
}, 60_000)
