import { beforeAll, beforeEach } from 'vitest'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { databaseTemplate } from './template.ts'

export const testCipher = fieldCipher([{ id: 'test', bytes: new Uint8Array(32).fill(7) }])

/** One for all files of a worker; it goes with the worker's process. */
let shared: Promise<Database> | undefined

/**
 * A real database for tests: embedded and in memory, or the server of TEST_DATABASE_URL (which loses everything in it).
 * Emptied before each test. Use: `const db = useDatabase()` at the top, `db()` in tests.
 */
export function useDatabase(): () => Database {
  let database: Database | undefined
  const current = (): Database => {
    if (!database) throw new Error('useDatabase(): no database outside a test')
    return database
  }
  beforeAll(async () => {
    shared ??= open()
    database = await shared
  }, 180_000)
  beforeEach(() => empty(current()))
  return current
}

async function open(): Promise<Database> {
  const databaseUrl = process.env.TEST_DATABASE_URL
  const template = databaseUrl ? undefined : await databaseTemplate(testCipher)
  return openDatabase({ databaseUrl, template }, testCipher)
}

async function empty(database: Database): Promise<void> {
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`
  )
  await database.query(`TRUNCATE ${tables.map((table) => table.name).join(', ')} RESTART IDENTITY CASCADE`)
}
