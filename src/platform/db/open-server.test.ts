import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { testCipher, useDatabase } from '../../../test/support/database.ts'
import { recordLog } from '../../../test/support/log.ts'
import { portOf } from '../http/port.ts'
import { openDatabase } from './open.ts'
import { openServer, serverPool } from './open-server.ts'

test('a server that cannot be reached is named with what to check, without its password', async () => {
  const opening = openDatabase({ databaseUrl: 'postgresql://matane:geheim@127.0.0.1:9/shop' }, testCipher)
  const error = await opening.catch((caught: Error) => caught)
  expect(String(error)).toMatch(/127\.0\.0\.1:9\/shop.*DATABASE_URL.*ECONNREFUSED/)
  expect(String(error)).not.toContain('geheim')
})

test('a server that takes the connection and then says nothing does not hold us', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const pool = serverPool(`postgresql://matane@127.0.0.1:${portOf(silent)}/shop`)
  await expect(pool.query('SELECT 1')).rejects.toThrow(/timeout/)
  await pool.end()
  silent.close()
}, 15_000)

const url = process.env.TEST_DATABASE_URL
describe.skipIf(!url)('on a server', () => {
  useDatabase()
  const open = (options = {}) => openServer(url ?? '', testCipher, options)

  test('no session waits for ever, all of them live in UTC, and have room to hash what they count', async () => {
    const db = open()
    const [row] =
      await db.query(`SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS statement,
      current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('work_mem') AS memory`)
    expect(row).toEqual({ zone: 'UTC', statement: '20s', lock: '5s', idle: '30s', memory: '32MB' })
    await db.close()
  })

  test('a connection that the server ends is replaced, with a line in the log', async () => {
    const log = recordLog()
    const db = open({ maxConnections: 1, log })
    const killer = open({ maxConnections: 1 })
    const [mine] = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await killer.query('SELECT pg_terminate_backend($1)', [mine?.pid])
    await expect.poll(() => log.text()).toContain('connection was lost')
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    await Promise.all([db.close(), killer.close()])
  })

  test('a locked table is given up in time', async () => {
    const [db, other] = [open(), open()]
    const { promise: done, resolve: release } = Promise.withResolvers<void>()
    const { promise: locked, resolve: sayLocked } = Promise.withResolvers<void>()
    const holding = other.transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE setting IN ACCESS EXCLUSIVE MODE`
      sayLocked()
      await done
    })
    await locked
    await expect(db.query('SELECT count(*) FROM setting')).rejects.toMatchObject({ code: '55P03' })
    release()
    await holding
    await Promise.all([db.close(), other.close()])
  }, 20_000)

  test('processes that start at the same moment on an empty database migrate it once', async () => {
    const admin = open({ maxConnections: 1 })
    await admin.query('DROP DATABASE IF EXISTS fresh_start WITH (FORCE)')
    await admin.query('CREATE DATABASE fresh_start')
    const fresh = Object.assign(new URL(url ?? ''), { pathname: '/fresh_start' }).href
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: fresh }, testCipher)))
    const counts = await opened[0]?.query<{ name: string; n: number }>(
      'SELECT migration_name AS name, count(*)::int AS n FROM _prisma_migrations GROUP BY 1'
    )
    expect(counts?.map(({ n }) => n)).toEqual(counts?.map(() => 1))
    await Promise.all(opened.map((db) => db.close()))
    await admin.query('DROP DATABASE fresh_start WITH (FORCE)')
    await admin.close()
  }, 30_000)
})
