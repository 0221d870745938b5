import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { useDataFolders } from '../../../test/support/data-folder.ts'
import { testCipher } from '../../../test/support/database.ts'
import { useFolders } from '../../../test/support/folder.ts'
import { startProgram } from '../../../test/support/program.ts'
import { databaseTemplates } from '../../../test/support/template.ts'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from './embedded.ts'
import { openPglite } from './pglite-open.ts'

const folder = useFolders()
const dataFolder = useDataFolders()
const open: EmbeddedPostgres[] = []
afterEach(async () => {
  for (const embedded of open.splice(0)) await embedded.close()
})

let template = ''
beforeAll(async () => {
  template = (await databaseTemplates(testCipher)).file
}, 120_000)

/** In memory unless told otherwise. */
async function start(options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const embedded = await startEmbedded({ template, ...options })
  open.push(embedded)
  return embedded
}

const FOR_EVER = 'SELECT count(*) FROM generate_series(1, 1000000000)'

describe('a database that does not answer any more', () => {
  test('is given up: who waits is told, later work fails at once, closing still ends', async () => {
    const onFatal = vi.fn()
    const { pool, close } = await start({ hangMs: 300, onFatal })
    await pool.query('SELECT 1')
    const waiting = [pool.query(FOR_EVER), pool.query('SELECT 2'), pool.query('SELECT 3')]
    const results = await Promise.allSettled(waiting)
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await expect(pool.query('SELECT 4')).rejects.toThrow(/embedded database does not answer/)
    expect(onFatal).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('disk') })
    )
    await close()
  })

  test('is not assumed as long as answers keep coming, or nothing is asked', async () => {
    const onFatal = vi.fn()
    const { pool } = await start({ hangMs: 400, onFatal })
    await pool.query('SELECT 1')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      for (const _ of [1, 2, 3]) {
        await pool.query('SELECT 1')
        vi.advanceTimersByTime(300)
        // The thread says a moment later that it is done.
        while (vi.getTimerCount() > 0) await new Promise((resolve) => setImmediate(resolve))
      }
      vi.advanceTimersByTime(5_000)
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      expect(onFatal).not.toHaveBeenCalled()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('as with any PostgreSQL', () => {
  let embedded: EmbeddedPostgres
  beforeAll(async () => {
    embedded = await startEmbedded({ template })
  }, 60_000)
  afterAll(() => embedded.close())

  test('a fault of a statement is an ordinary error, and the next one works', async () => {
    await expect(embedded.pool.query('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '42P01' })
    await expect(embedded.pool.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' })
    expect((await embedded.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('what a vanished connection left open is rolled back', async () => {
    await embedded.pool.query('CREATE TABLE t (n int)')
    const client = await embedded.pool.connect()
    await client.query('BEGIN')
    await client.query('INSERT INTO t VALUES (1)')
    client.release(true)
    expect((await embedded.pool.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 0 }])
  })

  test('what a vanished connection had prepared is not in the way of the next one', async () => {
    const named = (n: number) => ({ name: 'named', text: 'SELECT $1::int AS n', values: [n] })
    const client = await embedded.pool.connect()
    await client.query(named(1))
    client.release(true)
    expect((await embedded.pool.query(named(2))).rows).toEqual([{ n: 2 }])
  })

  test('large values go through whole', async () => {
    const large = '来'.repeat(700_000)
    const { rows } = await embedded.pool.query<{ v: string }>('SELECT $1::text AS v', [large])
    expect(rows[0]?.v === large).toBe(true)
  })
})

test('a second process on the same folder says so and ends; the first goes on', async () => {
  const dataDir = dataFolder()
  const first = startProgram('test/programs/keep-writing.ts', [dataDir])
  await first.shows(/:3\n/)
  const second = startProgram('test/programs/keep-writing.ts', [dataDir])
  expect(await second.ended).toBe(1)
  expect(second.err()).toMatch(/in use by another process.*DATABASE_URL/)
  expect(second.out()).toBe('')
  const soFar = first.out().length
  await vi.waitFor(() => expect(first.out().length).toBeGreaterThan(soFar))
  first.child.kill('SIGKILL')
  await first.ended
}, 60_000)

test('a folder that cannot be written is an error, not a crash', async () => {
  const dataDir = folder()
  fs.writeFileSync(join(dataDir, 'file'), '')
  await expect(startEmbedded({ folder: join(dataDir, 'file', 'postgres') })).rejects.toThrow(/ENOTDIR|EEXIST/)
})

test('killed in the middle of writing, again and again, it keeps every row it had acknowledged', async () => {
  const dataDir = dataFolder()
  const acknowledged: string[] = []
  for (let round = 0; round < 3; round++) {
    const program = startProgram('test/programs/keep-writing.ts', [dataDir])
    await program.shows(new RegExp(`:${20 + round * 17}\n`))
    program.child.kill('SIGKILL')
    await program.ended
    acknowledged.push(...program.out().split('\n').slice(1, -1))
  }
  const { pool } = await start({ folder: join(dataDir, 'postgres') })
  const { rows } = await pool.query<{ key: string }>('SELECT key FROM setting')
  const kept = new Set(rows.map(({ key }) => key))
  expect(acknowledged.filter((key) => !kept.has(key))).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(60)
}, 120_000)

test('each commit reaches the disk before it is acknowledged', async () => {
  const { pg, close } = await openPglite({ folder: join(dataFolder(), 'postgres') })
  await pg.exec('CREATE TABLE t (n int)')
  const sync = vi.spyOn(fs, 'fdatasyncSync')
  for (let n = 0; n < 20; n++) {
    const before = sync.mock.calls.length
    await pg.query('INSERT INTO t VALUES ($1)', [n])
    expect(sync.mock.calls.length).toBeGreaterThan(before)
  }
  const beforeCheckpoint = sync.mock.calls.length
  await pg.exec('CHECKPOINT')
  expect(sync.mock.calls.length).toBeGreaterThan(beforeCheckpoint)
  sync.mockRestore()
  await close()
})

test('a shop’s small computer has room for it: its buffers take a quarter of what PostgreSQL would', async () => {
  const { pool } = await start({ folder: join(dataFolder(), 'postgres') })
  expect((await pool.query('SHOW shared_buffers')).rows).toEqual([{ shared_buffers: '32MB' }])
})

test('a new folder is on the disk as a whole before it is used, also after a start that was interrupted', async () => {
  const synced = new Set<string>()
  const opened = new Map<number, string>()
  const openSync = fs.openSync
  const spies = [
    vi.spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
      const descriptor = openSync(path, flags, mode)
      opened.set(descriptor, String(path))
      return descriptor
    }),
    vi.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => void synced.add(opened.get(descriptor) ?? ''))
  ]
  const path = join(folder(), 'postgres')
  fs.mkdirSync(`${path}.new/base`, { recursive: true })
  fs.writeFileSync(`${path}.new/PG_VERSION`, 'half')
  const { close } = await openPglite({ folder: path })
  for (const spy of spies) spy.mockRestore()
  await close()
  for (const file of ['PG_VERSION', 'global/pg_control', 'base']) expect(synced).toContain(join(`${path}.new`, file))
  expect(synced).toContain(join(path, '..'))
}, 60_000)

/** A small file system of its own; undefined where this is not allowed. */
function smallDisk(path: string, size: string): (() => void) | undefined {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return () => execFileSync('/bin/umount', ['-l', path])
  } catch {
    return undefined
  }
}

test('on a full disk work fails within the limit, and what was acknowledged is there when space is made', async (context) => {
  const path = folder()
  const unmount = smallDisk(path, '90m')
  if (!unmount) return context.skip('needs the right to mount a file system')
  try {
    fs.cpSync(dataFolder(), path, { recursive: true })
    const full = await startEmbedded({ folder: join(path, 'postgres'), hangMs: 2_000 })
    await full.pool.query('CREATE TABLE t (n int, v text)')
    let acknowledged = 0
    const fill = async () => {
      for (; acknowledged < 10_000; acknowledged++) {
        await full.pool.query('INSERT INTO t SELECT $1, repeat(md5($1::text), 4000) || random()', [acknowledged])
      }
    }
    await expect(fill()).rejects.toThrow()
    await full.close()
    execFileSync('/bin/mount', ['-o', 'remount,size=400m', path])
    const { pool, close } = await startEmbedded({ folder: join(path, 'postgres') })
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM t')
    expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged)
    await close()
  } finally {
    unmount()
  }
}, 60_000)
