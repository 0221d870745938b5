import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { KEY_FILE, openKeyRing } from '../../src/platform/db/key-ring.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { lockFolder } from '../../src/platform/db/pglite-open.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { useFolders } from '../../test/support/folder.ts'
import { recordLog } from '../../test/support/log.ts'
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts'
import { copyToServer } from './copy-to-server.ts'
import { deployMigrations } from './migration-status.ts'
import type { CommandResult } from './result.ts'
import { withPool } from './with-pool.ts'

const folder = useFolders()
const migratedFolder = useDataFolders()
let server: PostgresServer
let made = 0

beforeAll(async () => {
  server = await startPostgres({ settings: ['fsync=off', 'synchronous_commit=off'] })
}, 120_000)
afterAll(() => server.stop())

/** A new, empty database on the server. */
async function emptyTarget(): Promise<string> {
  made += 1
  await onServer(server.url, `CREATE DATABASE copy_${made}`)
  return server.url.replace(/\/postgres$/, `/copy_${made}`)
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c TimeZone=UTC' })
  await client.connect()
  return work(client).finally(() => client.end())
}

async function onServer<Row extends object>(databaseUrl: string, sql: string): Promise<Row[]> {
  return withClient(databaseUrl, async (client) => (await client.query<Row>(sql)).rows)
}

const embedded = (dataDir: string): StoreConfig => ({
  dataDir,
  databaseUrl: undefined,
  encryptionKeys: undefined,
  timeZone: 'Asia/Tokyo'
})

async function inFolder(dataDir: string, ...statements: string[]): Promise<void> {
  await withPool(embedded(dataDir), async (pool) => {
    for (const statement of statements) await pool.query(statement)
  })
}

const noProgress = () => undefined
const copy = (dataDir: string, target?: string): Promise<CommandResult> =>
  copyToServer(embedded(dataDir), target, noProgress)

/** Values that a careless copy changes, more rows than are read at once, and rows that refer to others. */
const AWKWARD = [
  `INSERT INTO customer (id, locale, created_at)
   SELECT gen_random_uuid(), 'ja', timestamptz '2026-01-01 00:00:00.123+09' + n * interval '1 day'
   FROM generate_series(1, 450) AS n`,
  `SELECT setval('follow_up_number_seq', 7777)`,
  `INSERT INTO customer_tag (customer_id, tag, added_by, added_at)
   SELECT id, E'quote '' back\\\\slash {brace} "double"\\n改行 🍵 NULL', 'U1', now() FROM customer LIMIT 3`,
  `INSERT INTO setting (key, value) VALUES ('empty', ''), ('null', 'NULL'), ('braces', '{a,b}')`,
  // "delivery" comes before the "outbox" it refers to.
  `INSERT INTO outbox (id, channel, key, cause, payload_sealed) VALUES (gen_random_uuid(), 'line', 'k', 'c', '')`,
  `INSERT INTO delivery (outbox_id, attempt, method) SELECT id, 1, 'push' FROM outbox`,
  `CREATE TABLE oddity (
     id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent INT REFERENCES oddity (id), big BIGINT, exact NUMERIC,
     near FLOAT8, words TEXT[], bytes BYTEA, json JSONB, day DATE, took INTERVAL, "Odd name" TEXT DEFAULT 'default',
     twice INT GENERATED ALWAYS AS (length("Odd name") * 2) STORED)`,
  `INSERT INTO oddity (parent, big, exact, near, words, bytes, json, day, took, "Odd name") VALUES
     (NULL, 9223372036854775807, 0.10000000000000000000000000000001, 0.1::float8 + 0.2, ARRAY['a,b', NULL, ''],
       '\\x00ff27', 'null', '0001-01-01 BC', '-1 mon 3.5 s', NULL),
     (1, NULL, 'NaN', 'Infinity', '{}', '', '{"a": [1.10, null]}', 'infinity', NULL, E'x\\ty')`,
  `CREATE TABLE log (id BIGINT NOT NULL, at DATE NOT NULL, note TEXT, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)`,
  `CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id)`,
  `CREATE TABLE log_2026_one PARTITION OF log_2026 FOR VALUES IN (1)`,
  `CREATE TABLE log_rest PARTITION OF log DEFAULT`,
  `INSERT INTO log VALUES (1, '2026-05-05', 'a'), (2, '2025-05-05', 'b')`
]
/** What a later migration would make on both sides; partitions and rows are the source's alone. */
const OWN_TABLES = AWKWARD.filter((statement) => /^CREATE TABLE (oddity|log) /.test(statement))

/** Everything in a database, as text: rows of each table and partition, sequences, foreign keys. */
async function contents(db: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const query = async (sql: string) => (await db.query<{ line: string }>(sql)).rows
  const tables = await query(
    `SELECT relname AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname <> '_prisma_migrations' ORDER BY relname`
  )
  const lines: string[] = []
  for (const { line: table } of tables) {
    const rows = await query(`SELECT '${table} ' || t::text AS line FROM "${table}" AS t ORDER BY 1`)
    lines.push(table, ...rows.map(({ line }) => line))
  }
  const others = await query(
    `SELECT sequencename || ' ' || coalesce(last_value::text, 'unused') AS line FROM pg_sequences
     UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated || pg_get_constraintdef(oid)
     FROM pg_constraint WHERE contype = 'f' ORDER BY 1`
  )
  return [...lines, ...others.map(({ line }) => line)]
}

const contentsOfServer = (url: string) => withClient(url, contents)
const contentsOfFolder = (dataDir: string) => withPool(embedded(dataDir), contents)

describe('copying to a server', () => {
  test('brings over every row of every table as it is, the sequences and the partitions', async () => {
    const dataDir = migratedFolder()
    await inFolder(dataDir, ...AWKWARD)
    const target = await emptyTarget()
    await deployMigrations({ ...embedded(dataDir), databaseUrl: target })
    for (const statement of OWN_TABLES) await onServer(target, statement)
    const before = await contentsOfFolder(dataDir)
    const result = await copy(dataDir, target)
    expect(result).toMatchObject({ ok: true, data: { rows: 450 + 3 + 3 + 1 + 1 + 2 + 2 } })
    expect(result.data?.tables).toContainEqual({ table: 'log', rows: 2 })
    expect(before).toContainEqual(expect.stringContaining('follow_up_number_seq 7777'))
    expect(await contentsOfServer(target)).toEqual(before)
    expect(await contentsOfFolder(dataDir)).toEqual(before)
  }, 180_000)

  test('leaves a Matane that goes on there with the old key, and says how', async () => {
    const dataDir = migratedFolder()
    const ring = openKeyRing(embedded(dataDir), recordLog())
    const first = await openDatabase({ dataDir }, fieldCipher(ring))
    const sealed = first.cipher.seal('inbox.body', '佐藤さんです')
    await first.query(
      `INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed) VALUES ('line', 'e1', 'k', now(), $1)`,
      [sealed]
    )
    await first.close()
    const target = await emptyTarget()
    const { text } = await copy(dataDir, target)
    expect(text).toContain(`MATANE_ENCRYPTION_KEYS="$(cat ${join(dataDir, KEY_FILE)})"`)
    expect(text).toContain('DATABASE_URL')
    expect(text).not.toMatch(/matane@|k1:/)
    const second = await openDatabase({ databaseUrl: target }, fieldCipher(ring))
    const [row] = await second.query<{ body: string }>('SELECT body_sealed AS body FROM inbox')
    expect(second.cipher.open('inbox.body', row?.body ?? '')).toBe('佐藤さんです')
    await second.query(
      `INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed) VALUES ('line', 'e2', 'k', now(), '')`
    )
    await second.close()
    const wrong = fieldCipher([{ id: 'k1', bytes: new Uint8Array(32) }])
    await expect(openDatabase({ databaseUrl: target }, wrong)).rejects.toThrow(/encryption key/)
  }, 180_000)

  test('is all or nothing: what cannot be copied leaves the server without a row, and the next try succeeds', async () => {
    const dataDir = migratedFolder()
    await inFolder(
      dataDir,
      ...AWKWARD.slice(0, 3),
      'CREATE TABLE zebra (id INT PRIMARY KEY)',
      'INSERT INTO zebra VALUES (1)'
    )
    const target = await emptyTarget()
    await expect(copy(dataDir, target)).rejects.toThrow(/zebra/)
    expect(await onServer(target, 'SELECT 1 FROM customer LIMIT 1')).toEqual([])
    await inFolder(dataDir, 'DROP TABLE zebra')
    expect(await copy(dataDir, target)).toMatchObject({ ok: true, data: { rows: 453 } })
  }, 180_000)

  test('notices rows that refer to nothing, and rows that did not arrive', async () => {
    const dataDir = migratedFolder()
    await inFolder(
      dataDir,
      'ALTER TABLE delivery DROP CONSTRAINT delivery_outbox_id_fkey',
      `INSERT INTO delivery (outbox_id, attempt, method) VALUES (gen_random_uuid(), 1, 'push')`
    )
    const target = await emptyTarget()
    await expect(copy(dataDir, target)).rejects.toThrow(/delivery_outbox_id_fkey/)
    await inFolder(dataDir, 'TRUNCATE delivery', `INSERT INTO setting VALUES ('a', 'b')`)
    await onServer(target, 'CREATE RULE swallow AS ON INSERT TO setting DO INSTEAD NOTHING')
    await expect(copy(dataDir, target)).rejects.toThrow('Of 1 rows of setting, 0 arrived')
  }, 180_000)
})

describe('it refuses', () => {
  test('a server database that holds anything, and changes nothing there', async () => {
    const target = await emptyTarget()
    await onServer(target, 'CREATE TABLE theirs (id INT); INSERT INTO theirs VALUES (1)')
    expect(await copy(migratedFolder(), target)).toMatchObject({
      ok: false,
      text: expect.stringContaining('not empty (theirs)'),
      data: { problem: 'not_empty' }
    })
    expect(await onServer(target, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([
      { tablename: 'theirs' }
    ])
  }, 60_000)

  test('to run while a server has the folder', async () => {
    const dataDir = migratedFolder()
    const lock = lockFolder(embeddedFolder(dataDir))
    await expect(copy(dataDir, server.url)).rejects.toThrow(/in use by another process. Stop that one first/)
    lock.close()
  }, 60_000)

  test('data of another version, and leaves it as it is', async () => {
    const dataDir = migratedFolder()
    await inFolder(dataDir, `DELETE FROM _prisma_migrations WHERE migration_name LIKE '%init'`)
    expect(await copy(dataDir, server.url)).toMatchObject({ ok: false, data: { problem: 'version' } })
  }, 60_000)

  test('a server that does not answer or a wrong password, without repeating it', async () => {
    const dataDir = migratedFolder()
    const wrong = [server.url.replace(':matane@', ':geheim@'), 'postgresql://matane:geheim@127.0.0.1:1/matane']
    for (const target of wrong) {
      const result = await copy(dataDir, target)
      expect(result).toMatchObject({ ok: false, data: { problem: 'unreachable' } })
      expect(result.text).not.toContain('geheim')
    }
  }, 60_000)

  test.each([undefined, 'mysql://db/matane', 'server', ''])(
    '%j as the target, and says how to write one',
    async (target) => {
      expect(await copy(folder(), target)).toMatchObject({
        ok: false,
        text: expect.stringContaining('db -- copy postgresql://')
      })
    }
  )

  test('a folder without a database, and makes none', async () => {
    const dataDir = folder()
    writeFileSync(join(dataDir, 'note'), '')
    expect(await copy(dataDir, server.url)).toMatchObject({ ok: false, data: { problem: 'no_database' } })
  })
})

test('DATABASE_URL is the target when none is named, so that no password needs to stand on the command line', async () => {
  const target = await emptyTarget()
  const config = {
    ...embedded(migratedFolder()),
    databaseUrl: target,
    encryptionKeys: ['k1:…'],
    timeZone: 'Asia/Tokyo'
  }
  const lines: string[] = []
  const result = await copyToServer(config, undefined, (line) => void lines.push(line))
  expect(result).toMatchObject({ ok: true, text: expect.stringContaining('keep MATANE_ENCRYPTION_KEYS as it is') })
  expect(lines).toContain('customer: 0')
}, 60_000)
