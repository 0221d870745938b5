import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordAudit } from '../../src/features/audit/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { testCipher, testKeys } from '../../test/support/database.ts'
import { useFolders } from '../../test/support/folder.ts'
import { useRunningStore } from '../../test/support/running-store.ts'
import { tamper } from '../../test/support/tamper.ts'
import { audit } from './audit.ts'
import { runDb } from './run-db.ts'

const folder = useFolders()
const migratedFolder = useDataFolders()
const store = useRunningStore()
const verify = (...args: string[]) => audit(['verify', ...args], store().config)
const record = (db: Database) =>
  db.transaction((tx) =>
    recordAudit(
      { tx, cipher: db.cipher, now: new Date() },
      ...['nps', 'retention', 'nps'].map((id) => ({
        ...({ actor: { kind: 'staff', id: 'UBOSS' }, action: 'metric.ask', subject: { type: 'metric', id } } as const)
      }))
    )
  )

describe('npm run db -- audit verify', () => {
  test('finds the log of a running server whole, then where it was broken, and by an older head where it was cut', async () => {
    const { db } = store()
    await record(db)
    const whole = await verify()
    expect(whole).toMatchObject({
      ok: true,
      text: expect.stringContaining('3 entries'),
      data: { entries: 3, erased: 0 }
    })
    const head = String(whole.data?.head)
    await tamper(db, 'DELETE FROM audit WHERE position > 1')
    await record(db)
    const broken = await verify(head)
    expect(broken).toMatchObject({ ok: false, data: { problem: 'missing', position: 2, seq: null } })
    expect(broken.text).toContain('broken at entry 2: the entries that belong here were deleted')
  })

  test('verifies the log of a stopped server', async () => {
    const config = { ...store().config, dataDir: migratedFolder() }
    const db = await openDatabase(config, testCipher)
    await record(db).finally(() => db.close())
    expect(await audit(['verify'], config)).toMatchObject({ ok: true, data: { entries: 3 } })
  }, 60_000)

  test.each([
    [[], 'Say what to do'],
    [['chain'], 'Say what to do'],
    [['verify', '12'], '"12" is no head']
  ])('%j is answered with what to write', async (args, text) => {
    const dataDir = folder()
    expect(await audit(args, { ...store().config, dataDir })).toMatchObject({
      ok: false,
      text: expect.stringContaining(text)
    })
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('makes no database where there is none', async () => {
    const dataDir = folder()
    expect(await audit(['verify'], { ...store().config, dataDir })).toMatchObject({
      ok: false,
      data: { problem: 'no_database' }
    })
    expect(readdirSync(dataDir)).toEqual([])
  })
})

test('programs get JSON, and the exit code says how it went', async () => {
  const { db, dataDir } = store()
  const env = { MATANE_DATA_DIR: dataDir, MATANE_ENCRYPTION_KEYS: testKeys }
  const run = () => runDb(['audit', 'verify', '--json'], env)
  await record(db)
  const whole = await run()
  expect(whole.code).toBe(0)
  expect(JSON.parse(whole.text)).toMatchObject({ ok: true, entries: 3 })
  await tamper(db, `UPDATE audit SET action = 'audit.view' WHERE position = 2`)
  const broken = await run()
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.text)).toMatchObject({ ok: false, problem: 'changed', position: 2, seq: 2 })
})
