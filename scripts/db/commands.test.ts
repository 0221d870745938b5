import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import { sha256Hex } from '../../src/core/hash.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openKeyRing } from '../../src/platform/db/key-ring.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { openPglite } from '../../src/platform/db/pglite-open.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { useFolders } from '../../test/support/folder.ts'
import { recordLog } from '../../test/support/log.ts'
import { startProgram } from '../../test/support/program.ts'
import { COMMANDS } from './commands.ts'
import { compare } from './migration-status.ts'
import { progressOn } from './rebuild-stats.ts'
import type { CommandResult } from './result.ts'
import { runDb } from './run-db.ts'

const folder = useFolders()
const migratedFolder = useDataFolders()

function config(dataDir: string, databaseUrl?: string): StoreConfig {
  return { dataDir, databaseUrl, encryptionKeys: undefined, timeZone: 'Asia/Tokyo' }
}

async function run(command: string, args: string[], store: StoreConfig): Promise<CommandResult> {
  const found = COMMANDS[command]
  if (!found) throw new Error(`No command ${command}`)
  return found(args, store)
}

/** A data folder with a migrated database that holds one setting. */
async function dataFolder(note: string): Promise<string> {
  const dataDir = migratedFolder()
  await write(dataDir, note)
  return dataDir
}

async function write(dataDir: string, note: string): Promise<void> {
  const { pg, close } = await openPglite({ folder: embeddedFolder(dataDir) })
  await pg.query(`INSERT INTO setting VALUES ('note', $1) ON CONFLICT (key) DO UPDATE SET value = $1`, [note])
  await close()
}

async function read(dataDir: string): Promise<string | undefined> {
  const { pg, close } = await openPglite({ folder: embeddedFolder(dataDir) })
  const { rows } = await pg.query<{ value: string }>(`SELECT value FROM setting WHERE key = 'note'`)
  await close()
  return rows[0]?.value
}

async function rowsOf(dataDir: string, pid: number | undefined): Promise<number> {
  const { pg, close } = await openPglite({ folder: embeddedFolder(dataDir) })
  const { rows } = await pg.query<{ n: number }>(`SELECT count(*)::int AS n FROM setting WHERE key LIKE $1`, [
    `${pid}:%`
  ])
  await close()
  return rows[0]?.n ?? 0
}

/** As a start with these keys does. */
async function noteKeys(store: StoreConfig): Promise<void> {
  const db = await openDatabase(store, fieldCipher(openKeyRing(store, recordLog())))
  await db.close()
}

test('rebuild-stats makes figures anew, and says how many customers it went through', async () => {
  const dataDir = await dataFolder('kept')
  const { pg, close } = await openPglite({ folder: embeddedFolder(dataDir) })
  await pg.exec(`INSERT INTO customer (id, created_at) VALUES ('01990000-0000-7000-8000-000000000001', now());
    INSERT INTO event (id, customer_id, name, at, source, source_id)
      SELECT gen_random_uuid(), id, 'visit', now(), 'pos', '1' FROM customer`)
  await close()
  expect(await run('rebuild-stats', [], config(dataDir))).toMatchObject({ ok: true, data: { customers: 1 } })
  const again = await openPglite({ folder: embeddedFolder(dataDir) })
  const { rows } = await again.pg.query('SELECT visits, active_days FROM customer_stats')
  await again.close()
  expect(rows).toEqual([{ visits: 1, active_days: 1 }])
  expect(await run('rebuild-stats', [], config(folder()))).toMatchObject({
    ok: false,
    data: { problem: 'no_database' }
  })
}, 60_000)

test('long work says how far it is once a second, and at its end', () => {
  const said: string[] = []
  let atMs = 0
  const onProgress = progressOn(
    (text) => said.push(text),
    () => atMs
  )
  for (const [done, ms] of [
    [200, 0],
    [400, 500],
    [600, 1000],
    [1200, 1001]
  ] as const) {
    atMs = ms
    onProgress(done, 1200)
  }
  expect(said.map((text) => text.split(' ')[0])).toEqual(['200', '600', '1,200'])
})

describe('backup and restore', () => {
  test('bring back what was there at the moment of the backup, and keep what was there since', async () => {
    const dataDir = await dataFolder('before')
    const file = join(folder(), 'backup.tar.gz')
    const saved = await run('backup', [file], config(dataDir))
    expect(saved).toMatchObject({ ok: true, text: expect.stringContaining('encryption.key') })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await write(dataDir, 'after')
    const restored = await run('restore', [file], config(dataDir))
    expect(restored.ok).toBe(true)
    expect(await read(dataDir)).toBe('before')
    expect(existsSync(String(restored.data?.previous))).toBe(true)
  }, 60_000)

  test('a backup can be brought to another machine', async () => {
    const file = join(folder(), 'backup.tar.gz')
    await run('backup', [file], config(await dataFolder('moved')))
    const elsewhere = join(folder(), 'new', 'data')
    expect(await run('restore', [file], config(elsewhere))).toMatchObject({ ok: true, data: { previous: null } })
    expect(await read(elsewhere)).toBe('moved')
  }, 60_000)

  test('a backup can be made while the server runs, which goes on; restoring needs it stopped', async () => {
    const dataDir = await dataFolder('busy')
    const file = join(folder(), 'backup.tar.gz')
    const server = startProgram('test/programs/keep-writing.ts', [dataDir])
    await server.shows(/:3\n/)
    expect(await run('status', [], config(dataDir))).toMatchObject({ ok: true })
    expect(await run('backup', [file], config(dataDir))).toMatchObject({ ok: true })
    const soFar = server.out().length
    await expect.poll(() => server.out().length, { timeout: 20_000 }).toBeGreaterThan(soFar)
    await expect(run('restore', [file], config(dataDir))).rejects.toThrow(/in use/)
    await expect(run('copy', ['postgresql://nowhere/x'], config(dataDir))).rejects.toThrow(/in use/)
    server.child.kill('SIGKILL')
    await server.ended
    const elsewhere = folder()
    await run('restore', [file], config(elsewhere))
    expect(await read(elsewhere)).toBe('busy')
    expect(await rowsOf(elsewhere, server.child.pid)).toBeGreaterThan(3)
  }, 120_000)

  test('a backup of other keys than those at hand is refused, and what is there stays', async () => {
    const file = join(folder(), 'backup.tar.gz')
    const key = () => `k1:${randomBytes(32).toString('base64')}`
    const theirs = { ...config(await dataFolder('theirs')), encryptionKeys: [key()] }
    await noteKeys(theirs)
    await run('backup', [file], theirs)
    const dataDir = await dataFolder('ours')
    const refused = run('restore', [file], { ...config(dataDir), encryptionKeys: [key()] })
    await expect(refused).rejects.toThrow(/"k1", which is missing or a different one/)
    expect(await read(dataDir)).toBe('ours')
    expect(readdirSync(dataDir).filter((name) => name.includes('restored'))).toEqual([])
    expect(await run('restore', [file], { ...theirs, dataDir })).toMatchObject({ ok: true })
    expect(await read(dataDir)).toBe('theirs')
  }, 120_000)

  test.each(['', 'no archive'])(
    'a file that is no backup ("%s") changes nothing',
    async (content) => {
      const dataDir = await dataFolder('kept')
      const file = join(folder(), 'broken.tar.gz')
      writeFileSync(file, content)
      await expect(run('restore', [file], config(dataDir))).rejects.toThrow(/does not hold a saved database/)
      expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.lock'])
      expect(await read(dataDir)).toBe('kept')
    },
    60_000
  )

  test('say what is missing', async () => {
    const empty = folder()
    expect(await run('backup', ['x'], config(empty))).toMatchObject({
      ok: false,
      text: expect.stringContaining('no database')
    })
    expect(await run('backup', [], config(empty))).toMatchObject({ ok: false })
    expect(await run('restore', [], config(empty))).toMatchObject({ ok: false })
    expect(await run('restore', [join(empty, 'nowhere')], config(empty))).toMatchObject({
      ok: false,
      text: expect.stringContaining('nowhere')
    })
    expect(readdirSync(empty)).toEqual([])
  })

  test.each(['backup', 'restore'])(
    "%s of a server names PostgreSQL's own tool, without the password",
    async (command) => {
      const result = await run(command, ['file'], config(folder(), 'postgresql://matane:geheim@db/matane'))
      expect(result).toMatchObject({ ok: false, text: expect.stringMatching(/pg_(dump|restore) .*"\$DATABASE_URL"/) })
      expect(result.text).not.toContain('geheim')
    }
  )
})

describe('migrations', () => {
  test('status looks without making anything; deploy makes it; then they agree', async () => {
    const dataDir = folder()
    expect(await run('status', [], config(dataDir))).toMatchObject({ ok: false, data: { problem: 'no_database' } })
    expect(readdirSync(dataDir)).toEqual([])
    const first = await run('deploy', [], config(dataDir))
    expect(first.data?.applied).not.toEqual([])
    expect((await run('deploy', [], config(dataDir))).data).toEqual({ applied: [] })
    expect(await run('status', [], config(dataDir))).toMatchObject({ ok: true })
  }, 60_000)

  test('each way to disagree has its name', () => {
    const migrations = ['a', 'b', 'c'].map((name) => ({ name, sql: `SELECT '${name}'` }))
    const applied = new Map([
      ['a', sha256Hex(`SELECT 'a'`)],
      ['b', sha256Hex('SELECT something else')],
      ['z', 'any']
    ])
    expect(compare(migrations, applied)).toEqual([
      { migration: 'a', state: 'applied' },
      { migration: 'b', state: 'edited' },
      { migration: 'c', state: 'missing' },
      { migration: 'z', state: 'unknown' }
    ])
  })

  test.each(['', 'Add Tier', '../x', '1st', 'a'])('a migration is not named "%s"', async (label) => {
    expect(await run('new', [label], config(folder()))).toMatchObject({
      ok: false,
      text: expect.stringContaining('npm run db -- new')
    })
  })
})

describe('the command line', () => {
  const USAGE = /npm run db -- <command>/
  test.each([
    [['--help'], { code: 0, to: 'stdout' }, USAGE],
    [['status', '--help', '--json'], { code: 0, to: 'stdout' }, USAGE],
    [[], { code: 2, to: 'stderr' }, USAGE],
    [['drop'], { code: 2, to: 'stderr' }, /no command "drop"/],
    [['status'], { code: 1, to: 'stderr' }, /no database/],
    [['status', '--json'], { code: 1, to: 'stdout' }, /^\{"ok":false,"problem":"no_database"\}$/],
    [['backup'], { code: 2, to: 'stderr' }, /Say where to/],
    [['backup', '--json'], { code: 2, to: 'stdout' }, /^\{"ok":false,"problem":"usage","message":"Say where to/],
    [['status', '--nonsense'], { code: 2, to: 'stderr' }, /nonsense/]
  ] as const)('%j ends with %o', async (args, how, text) => {
    expect(await runDb(args, { MATANE_DATA_DIR: folder() })).toEqual({ ...how, text: expect.stringMatching(text) })
  })

  test('what goes wrong on the way is told as everything else is', async () => {
    const env = { DATABASE_URL: 'postgresql://matane@127.0.0.1:1/none' }
    expect(await runDb(['dead', '--json'], env)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^\{"ok":false/)
    })
    expect(await runDb(['dead'], env)).toMatchObject({ code: 1, to: 'stderr' })
  })

  test('the program writes it, and ends with the code', async () => {
    const program = startProgram('scripts/db.ts', ['status', '--json'], {
      ...{ MATANE_DATA_DIR: folder(), DATABASE_URL: undefined }
    })
    expect(await program.ended).toBe(1)
    expect(program.out()).toBe('{"ok":false,"problem":"no_database"}\n')
    expect(program.err()).toBe('')
  })
})

test('the commands are documented where they are described', async () => {
  const { text } = await runDb(['help'], {})
  for (const command of Object.keys(COMMANDS)) expect(text).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
})
