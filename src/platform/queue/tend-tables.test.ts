import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { cleanUp } from './clean-up.ts'
import { tendTables } from './tend-tables.ts'

const db = useDatabase()
const isServer = process.env.TEST_DATABASE_URL !== undefined

async function storeOldEvents(count: number): Promise<void> {
  await db().query(
    `INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed, state, done_at)
     SELECT 'test', n::text, 'k', now(), md5(n::text), 'done', now() - interval '40 days' FROM generate_series(1, $1) n`,
    [count]
  )
}

async function sizeOf(table: string): Promise<number> {
  const [row] = await db().query<{ pages: number }>('SELECT pg_relation_size($1::regclass)::float8 / 8192 AS pages', [
    table
  ])
  return row?.pages ?? Number.NaN
}

describe.skipIf(isServer)('the embedded database', () => {
  test('uses the room of forgotten events again, month after month', async () => {
    const sizes: number[] = []
    for (let month = 0; month < 3; month += 1) {
      await storeOldEvents(3_000)
      sizes.push(await sizeOf('inbox'))
      await cleanUp(db())
      expect(await tendTables(db())).toContain('inbox')
    }
    expect(sizes[2]).toBeLessThanOrEqual(sizes[0] ?? 0)
  })

  test('plans by what is in a table now, and leaves alone what has not changed', async () => {
    await storeOldEvents(3_000)
    await tendTables(db())
    const [known] = await db().query(`SELECT reltuples FROM pg_class WHERE relname = 'inbox'`)
    expect(known).toEqual({ reltuples: 3_000 })
    expect(await tendTables(db())).toEqual([])
  })
})

test.runIf(isServer)('a server tends its tables itself', async () => {
  await storeOldEvents(3_000)
  expect(await tendTables(db())).toEqual([])
})
