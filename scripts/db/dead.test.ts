import type { Pool } from 'pg'
import { describe, expect, test } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createIntake } from '../../src/platform/queue/intake.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { testCipher } from '../../test/support/database.ts'
import { useFolders } from '../../test/support/folder.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import { testEngine, testEvent, testScope } from '../../test/support/queue.ts'
import { useRunningStore } from '../../test/support/running-store.ts'
import { dead } from './dead.ts'
import { withPool } from './with-pool.ts'

const MESSAGE = '0b8f9a52-5f9e-5d7c-9a55-3a1c6d1f0a01'
const PARKED = '0b8f9a52-5f9e-5d7c-9a55-3a1c6d1f0a02'

const folder = useFolders()
const migratedFolder = useDataFolders()
const store = useRunningStore()

/** A dead event 1, a quarantined event 2, an event 3 at work, a dead and a parked message; of the running server, unless told. */
async function filled(config = store().config): Promise<StoreConfig> {
  await asVisitor(config, async (pool) => {
    await pool.query(`
      INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed, state, attempts, last_error) VALUES
        ('line', 'a', 'U-secret-person', now(), 'sealed-words', 'dead', 6, 'TypeError: broken (give-stamp.ts:12:3)'),
        ('line', 'b', 'U-secret-person', now(), 'sealed-words', 'quarantined', 0, NULL),
        ('line', 'c', 'U-secret-person', now(), 'sealed-words', 'running', 1, NULL)`)
    await pool.query(`
      INSERT INTO outbox (id, channel, key, cause, payload_sealed, state, attempts, last_error) VALUES
        ('${MESSAGE}', 'line', 'U-secret-person', 'a', 'sealed-words', 'dead', 1, 'LINE refused: 400'),
        ('${PARKED}', 'line', 'U-secret-person', 'b', 'sealed-words', 'parked', 1, 'the monthly limit')`)
  })
  return config
}

function asVisitor<T>(config: StoreConfig, work: (pool: Pool) => Promise<T>): Promise<T> {
  return withPool(config, work, 'visitor')
}

/** Name and state of every row. */
function states(config: StoreConfig): Promise<Record<string, string>> {
  return asVisitor(config, async (pool) => {
    const { rows } = await pool.query<{ name: string; state: string }>(
      `SELECT 'inbox:' || id AS name, state FROM inbox UNION ALL SELECT 'outbox:' || id, state FROM outbox`
    )
    return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
  })
}

const UNTOUCHED = {
  'inbox:1': 'dead',
  'inbox:2': 'quarantined',
  'inbox:3': 'running',
  [`outbox:${MESSAGE}`]: 'dead',
  [`outbox:${PARKED}`]: 'parked'
}

describe('the list', () => {
  test('names each row as revive and drop take it, and shows nobody’s words or ids', async () => {
    const { ok, text, data } = await dead([], await filled())
    expect(ok).toBe(true)
    expect(text.split('\n').map((line) => line.split('  ').toSpliced(3, 1))).toEqual([
      ['inbox:1', 'dead', 'line', '6 tries', 'TypeError: broken (give-stamp.ts:12:3)'],
      ['inbox:2', 'quarantined', 'line', '0 tries', 'could not be read'],
      [`outbox:${MESSAGE}`, 'dead', 'line', '1 try', 'LINE refused: 400'],
      [`outbox:${PARKED}`, 'parked', 'line', '1 try', 'the monthly limit']
    ])
    expect(data).toMatchObject({ complete: true, rows: [{ queue: 'inbox', id: '1' }, { id: '2' }, {}, {}] })
    expect(text + JSON.stringify(data)).not.toMatch(/sealed|secret/)
  }, 60_000)

  test('says when it is not the whole one', async () => {
    const config = await filled()
    await asVisitor(config, (pool) =>
      pool.query(`
        INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed, state)
        SELECT 'line', n::text, 'k', now(), '', 'dead' FROM generate_series(1, 200) AS n`)
    )
    const { text, data } = await dead([], config)
    expect(text).toContain('At most 200')
    expect(data).toMatchObject({ complete: false })
  }, 60_000)

  test('of a queue without trouble says so', async () => {
    const config = await filled()
    await asVisitor(config, (pool) => pool.query(`DELETE FROM inbox; DELETE FROM outbox`))
    expect(await dead([], config)).toEqual({
      ok: true,
      text: 'Nothing is laid aside.',
      data: { rows: [], complete: true }
    })
  }, 60_000)
})

describe('revive and drop', () => {
  test('change the rows they are told, of both queues', async () => {
    const config = await filled()
    const revived = await dead(['revive', 'inbox:001', `outbox:${MESSAGE.toUpperCase()}`], config)
    expect(revived).toMatchObject({ ok: true, data: { changed: ['inbox:1', `outbox:${MESSAGE}`], left: [] } })
    expect(await dead(['drop', 'inbox:2'], config)).toMatchObject({ ok: true, data: { changed: ['inbox:2'] } })
    expect(await states(config)).toEqual({
      ...UNTOUCHED,
      'inbox:1': 'ready',
      'inbox:2': 'done',
      [`outbox:${MESSAGE}`]: 'ready'
    })
  }, 60_000)

  test('of all leave alone what they are not for', async () => {
    const config = await filled()
    expect(await dead(['revive', 'all'], config)).toMatchObject({
      ok: true,
      data: { changed: ['inbox:1', `outbox:${MESSAGE}`], left: [] }
    })
    expect(await dead(['drop', 'all'], config)).toMatchObject({ ok: true, data: { changed: ['inbox:2'] } })
    expect(await states(config)).toMatchObject({ 'inbox:3': 'running', [`outbox:${PARKED}`]: 'parked' })
    expect(await dead(['revive', 'all'], config)).toMatchObject({ ok: true, text: expect.stringMatching(/: none$/) })
  }, 60_000)

  test('name the rows that they cannot change, and change the others', async () => {
    const config = await filled()
    const result = await dead(['revive', 'inbox:1', 'inbox:2', 'inbox:99', `outbox:${PARKED}`], config)
    expect(result).toMatchObject({
      ok: false,
      text: expect.stringMatching(/Revived .*: inbox:1\nnot dead .*: inbox:2, inbox:99, outbox:/),
      data: { changed: ['inbox:1'], left: ['inbox:2', 'inbox:99', `outbox:${PARKED}`] }
    })
    expect(await states(config)).toEqual({ ...UNTOUCHED, 'inbox:1': 'ready' })
  }, 60_000)

  test.each([
    [['revive']],
    [['drop']],
    [['revive', '1']],
    [['revive', 'inbox:1', 'all']],
    [['revive', 'inbox:1', 'inbox:x']],
    [['drop', `inbox:${MESSAGE}`]],
    [['drop', 'outbox:1']],
    [['drop', "inbox:1' OR true"]],
    [['drop', `inbox:${'9'.repeat(30)}`]],
    [['resurrect', 'all']]
  ])('%j says how to name rows, before anything is opened', async (args) => {
    const nowhere = { ...store().config, databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' }
    expect(await dead(args, nowhere)).toMatchObject({
      ok: false,
      text: expect.stringContaining('dead revive inbox:123')
    })
  })
})

test('on a server a running worker takes up what was revived', async () => {
  const server = await startPostgres({ settings: ['fsync=off'] })
  const db = await openDatabase({ databaseUrl: server.url }, testCipher)
  let mended = false
  const handle = async () => {
    if (!mended) throw new Error('broken')
  }
  const engine = testEngine(testScope(db), { consumers: [{ source: 'test', handle }], pollMs: 20 })
  await createIntake(db).put([testEvent()])
  await engine.start()
  const state = async () => (await db.prisma.inbox.findFirst())?.state
  await expect.poll(state, { timeout: 20_000 }).toBe('dead')
  mended = true
  const config = { ...store().config, databaseUrl: server.url }
  expect(await dead(['revive', 'all'], config)).toMatchObject({ ok: true, data: { changed: ['inbox:1'] } })
  await expect.poll(state, { timeout: 20_000 }).toBe('done')
  await engine.stop(5_000)
  await db.close()
  await server.stop()
}, 120_000)

describe('a database that is not ready for it', () => {
  test('is not made', async () => {
    const config = { ...store().config, dataDir: folder() }
    expect(await dead([], config)).toMatchObject({ ok: false, data: { problem: 'no_database' } })
  })

  test('is left empty', async () => {
    const config = { ...store().config, dataDir: migratedFolder() }
    await withPool(config, (pool) => pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
    expect(await dead([], config)).toMatchObject({ ok: false, text: expect.stringContaining('npm run db -- deploy') })
  }, 60_000)
})

test('rows of a stopped server are changed as well as those of a running one', async () => {
  const config = await filled({ ...store().config, dataDir: migratedFolder() })
  expect(await dead(['revive', 'inbox:1'], config)).toMatchObject({ ok: true, data: { changed: ['inbox:1'] } })
  expect(await states(config)).toEqual({ ...UNTOUCHED, 'inbox:1': 'ready' })
}, 60_000)
