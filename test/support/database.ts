import { beforeAll, beforeEach } from 'vitest'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { databaseTemplates } from './template.ts'

const KEY = { id: 'test', bytes: Buffer.alloc(32, 7) }
export const testCipher = fieldCipher([KEY])
/** The same key as MATANE_ENCRYPTION_KEYS has it. */
export const testKeys = `${KEY.id}:${KEY.bytes.toString('base64')}`

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
  beforeEach(() => emptyDatabase(current()))
  return current
}

async function open(): Promise<Database> {
  const databaseUrl = process.env.TEST_DATABASE_URL
  const template = databaseUrl ? undefined : (await databaseTemplates(testCipher)).file
  const onFatal = () => {
    // The next file gets a new one.
    shared = undefined
  }
  return openDatabase({ databaseUrl, template }, testCipher, { onFatal })
}

/**
 * Deleting few rows is many times faster than truncating: that makes new files for every table and index there is. Without
 * foreign keys and triggers for this one statement, so that the order of tables is no matter.
 */
const EMPTY = `DO $$
DECLARE name text; rows bigint;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
  LOOP
    EXECUTE 'DELETE FROM ' || name;
    GET DIAGNOSTICS rows = ROW_COUNT;
    IF rows > 1000 THEN EXECUTE 'TRUNCATE ' || name || ' CASCADE'; END IF;
  END LOOP;
  PERFORM setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$`

/** Takes every row out of it, and starts each sequence again. */
export async function emptyDatabase(database: Database): Promise<void> {
  await database.query(EMPTY)
}
