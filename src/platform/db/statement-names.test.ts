import { describe, expect, test } from 'vitest'
import { testCipher } from '../../../test/support/database.ts'
import { databaseTemplates } from '../../../test/support/template.ts'
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
  expect(names.size).toBe(401)
})

describe('when all names are taken', () => {
  /** Names for 400 statements that came first. */
  function full() {
    const nameOf = createStatementNames()
    for (const n of Array(800).keys()) nameOf(`old ${n % 400}`)
    return nameOf
  }

  test('a statement in constant use gets one all the same, and so do the old ones that are still used', () => {
    const nameOf = full()
    const names = Array.from({ length: 1_100 }, () => [nameOf('new'), nameOf('old 7')]).flat()
    expect(names.at(-2)).not.toBe('')
    expect(names.at(-1)).not.toBe('')
    expect(names.at(-1)).not.toBe(names.at(-2))
  })

  test('one in no such use gets none, and disturbs nobody', () => {
    const nameOf = full()
    const before = nameOf('old 7')
    for (let times = 0; times < 900; times += 1) expect(nameOf('new')).toBe('')
    expect(nameOf('old 7')).toBe(before)
  })

  test('no name is given twice: a session would take one statement for another', () => {
    const nameOf = full()
    const owners = new Map<string, string>()
    for (let round = 0; round < 3_000; round += 1) {
      const sql = round % 2 ? `new ${round % 7}` : `old ${round % 400}`
      const name = nameOf(sql)
      if (name) expect(owners.get(name) ?? sql).toBe(sql)
      if (name) owners.set(name, sql)
    }
  })
})

test('sessions of our own keep what comes again prepared, by every road', async () => {
  // A database of its own: one that other tests shared may keep as many as it will already.
  const embedded = await startEmbedded({ template: (await databaseTemplates(testCipher)).file })
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
