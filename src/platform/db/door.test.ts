import fs from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Pool } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { useDataFolders } from '../../../test/support/data-folder.ts'
import { testCipher } from '../../../test/support/database.ts'
import { useFolders } from '../../../test/support/folder.ts'
import { recordLog } from '../../../test/support/log.ts'
import { useRunningStore } from '../../../test/support/running-store.ts'
import type { Database } from './database.ts'
import { visitorPool } from './door.ts'
import { embeddedFolder, openDatabase } from './open.ts'
import { restoreFolder, saveBackup } from './pglite-copy.ts'

const running = useRunningStore()
const dataFolder = useDataFolders()
const emptyFolder = useFolders()
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

/** A server of this test alone: its database with its door open, and the data folder. */
async function serve(dataDir = dataFolder()): Promise<{ db: Database; dataDir: string }> {
  const db = await openDatabase({ dataDir }, testCipher, { door: 'host' })
  open.push(db)
  return { db, dataDir }
}

async function visit(dataDir = running().dataDir): Promise<Pool> {
  const pool = await visitorPool(embeddedFolder(dataDir))
  if (!pool) throw new Error('The door is closed')
  open.push({ close: () => pool.end() })
  return pool
}

const add = (key: string) => `INSERT INTO setting VALUES ('${key}', 'x')`
const keysOf = async (db: Database) =>
  (await db.query<{ key: string }>(`SELECT key FROM setting WHERE value = 'x' ORDER BY key`)).map(({ key }) => key)

test('a command sees what the server wrote, and the server what the command wrote', async () => {
  const { db, dataDir } = running()
  await db.query(add('server'))
  const visitor = await visit(dataDir)
  await visitor.query(add('command'))
  expect((await visitor.query(`SELECT count(*)::int AS n FROM setting WHERE value = 'x'`)).rows).toEqual([{ n: 2 }])
  expect(await keysOf(db)).toEqual(['command', 'server'])
})

test('the whole store opens through the door, with transactions, and leaves the server its prepared statements', async () => {
  const { db, dataDir } = running()
  const twice = async (store: Database) => {
    for (let times = 0; times < 3; times += 1) await store.query('SELECT count(*) FROM customer')
  }
  await twice(db)
  const visitor = await openDatabase({ dataDir }, testCipher, { door: 'visitor' })
  await twice(visitor)
  await visitor.transaction((tx) => tx.setting.create({ data: { key: 'command', value: 'x' } }))
  await twice(db)
  expect(await keysOf(db)).toEqual(['command'])
  await visitor.close()
  await twice(db)
})

test('nothing of the server falls into a transaction of a command: it waits, and is there after the rollback', async () => {
  const { db, dataDir } = running()
  const visitor = await visit(dataDir)
  const client = await visitor.connect()
  await client.query('BEGIN')
  await client.query(add('command'))
  const written = db.query(add('server'))
  await client.query('SELECT 1')
  await client.query('ROLLBACK')
  client.release()
  await written
  expect(await keysOf(db)).toEqual(['server'])
})

test('a command that is killed in the middle of a transaction has it rolled back, and the server goes on', async () => {
  const { db, dataDir } = running()
  const visitor = await visit(dataDir)
  const client = await visitor.connect()
  await client.query('BEGIN')
  await client.query(add('command'))
  client.release(true)
  await db.query(add('server'))
  expect(await keysOf(db)).toEqual(['server'])
})

test('commands and server at once: each transaction is all or nothing', async () => {
  const { db, dataDir } = running()
  await db.query(`INSERT INTO setting VALUES ('n', '0')`)
  const visitors = await Promise.all([visit(dataDir), visit(dataDir)])
  const increase = `UPDATE setting SET value = (value::int + 1)::text WHERE key = 'n'`
  const byServer = Array.from({ length: 20 }, () =>
    db.transaction((tx) => tx.$executeRawUnsafe(increase).then(() => undefined))
  )
  const byCommands = visitors.map(async (pool) => {
    for (let times = 0; times < 20; times += 1) {
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query(increase)
      await client.query(times % 2 === 0 ? 'COMMIT' : 'ROLLBACK')
      client.release()
    }
  })
  await Promise.all([...byServer, ...byCommands])
  expect(await db.query(`SELECT value FROM setting WHERE key = 'n'`)).toEqual([{ value: '40' }])
}, 30_000)

describe('the door', () => {
  test('is for the owner of the data folder only', async () => {
    const { dataDir } = running()
    expect(fs.statSync(join(dataDir, 'door')).mode & 0o777).toBe(0o700)
  })

  test('opens again after a server that was killed left its socket', async () => {
    const dataDir = dataFolder()
    fs.mkdirSync(join(dataDir, 'door'), { mode: 0o755 })
    fs.writeFileSync(join(dataDir, 'door', '.s.PGSQL.5432'), '')
    expect(await visitorPool(embeddedFolder(dataDir))).toBeUndefined()
    await serve(dataDir)
    expect((await (await visit(dataDir)).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    expect(fs.statSync(join(dataDir, 'door')).mode & 0o777).toBe(0o700)
  })

  test('closes with the server, also with somebody inside', async () => {
    const { db, dataDir } = await serve()
    const client = await (await visit(dataDir)).connect()
    client.on('error', () => {})
    await client.query('BEGIN')
    await db.close()
    await expect(client.query('SELECT 1')).rejects.toThrow()
    client.release(true)
    expect(await visitorPool(embeddedFolder(dataDir))).toBeUndefined()
  })

  test('that cannot be made is a warning, and the server goes on without', async () => {
    const dataDir = join(emptyFolder(), 'far-down-'.repeat(12))
    fs.cpSync(dataFolder(), dataDir, { recursive: true })
    const log = recordLog()
    const db = await openDatabase({ dataDir }, testCipher, { door: 'host', log })
    open.push(db)
    expect(log.text()).toContain('need the server stopped')
    expect(await keysOf(db)).toEqual([])
  })
})

test('a command without a running server opens the store itself', async () => {
  const dataDir = dataFolder()
  const db = await openDatabase({ dataDir }, testCipher, { door: 'visitor' })
  open.push(db)
  await db.query(add('command'))
  expect(await keysOf(db)).toEqual(['command'])
})

test('a server of an older version is not given new tables behind its back', async () => {
  const { db, dataDir } = await serve()
  await db.query(
    'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)'
  )
  await expect(openDatabase({ dataDir }, testCipher, { door: 'visitor' })).rejects.toThrow(/restart it/)
})

describe('a copy of a running database', () => {
  test('holds what was committed before it, and leaves nothing else behind', async () => {
    const { db, dataDir } = running()
    await db.query(add('before'))
    const file = join(emptyFolder(), 'copy.tar.gz')
    await saveBackup(embeddedFolder(dataDir), file, { visitor: await visit(dataDir), at: new Date() })
    await db.query(add('after'))
    expect(fs.readdirSync(dataDir).filter((name) => name.includes('copy'))).toEqual([])
    const elsewhere = emptyFolder()
    await restoreFolder(file, embeddedFolder(elsewhere), { at: new Date() })
    const restored = await openDatabase({ dataDir: elsewhere }, testCipher)
    open.push(restored)
    expect(await keysOf(restored)).toEqual(['before'])
    expect(await keysOf(db)).toEqual(['after', 'before'])
  }, 60_000)

  test('that has no room leaves the server as it was', async () => {
    const { db, dataDir } = running()
    const nowhere = join(dirname(dataDir), 'nowhere', 'copy.tar.gz')
    const visitor = await visit(dataDir)
    await expect(saveBackup(embeddedFolder(dataDir), nowhere, { visitor, at: new Date() })).rejects.toThrow(/ENOENT/)
    expect(fs.readdirSync(dataDir).filter((name) => name.includes('copy'))).toEqual([])
    await db.query(add('after'))
    expect(await keysOf(db)).toEqual(['after'])
  }, 60_000)
})

test('a socket that takes no connection is no door', async () => {
  const dataDir = dataFolder()
  fs.mkdirSync(join(dataDir, 'door'))
  const socket = join(dataDir, 'door', '.s.PGSQL.5432')
  const server = createServer().listen(socket)
  await new Promise((resolve) => server.once('listening', resolve))
  fs.renameSync(socket, `${socket}.kept`)
  await new Promise((resolve) => server.close(resolve))
  expect(await visitorPool(embeddedFolder(dataDir))).toBeUndefined()
})
