import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import { recordAudit } from '../../src/features/audit/index.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { restoreFolder } from '../../src/platform/db/pglite-copy.ts'
import { testCipher } from '../../test/support/database.ts'
import { useFolders } from '../../test/support/folder.ts'
import { startProgram } from '../../test/support/program.ts'
import { tamper } from '../../test/support/tamper.ts'
import { databaseTemplate } from '../../test/support/template.ts'
import { audit } from './audit.ts'

const folder = useFolders()
const key = { id: 'k1', bytes: randomBytes(32) }
const encryptionKeys = [`${key.id}:${key.bytes.toString('base64')}`]
const config = (dataDir: string): StoreConfig => ({
  dataDir,
  databaseUrl: undefined,
  encryptionKeys,
  timeZone: 'Asia/Tokyo'
})

/** A data folder with a migrated, empty database: quicker than to let PostgreSQL initialise. */
async function prepared(): Promise<string> {
  const dataDir = folder()
  await restoreFolder(await databaseTemplate(testCipher), embeddedFolder(dataDir), { at: new Date() })
  return dataDir
}

async function change(dataDir: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase({ dataDir }, fieldCipher([key]))
  await work(db).finally(() => db.close())
}
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
  test('finds a stopped embedded database whole, then where it was broken, and by an older head where it was cut', async () => {
    const dataDir = await prepared()
    await change(dataDir, record)
    const whole = await audit(['verify'], config(dataDir))
    expect(whole).toMatchObject({
      ok: true,
      text: expect.stringContaining('3 entries'),
      data: { entries: 3, erased: 0 }
    })
    const head = String(whole.data?.head)
    await change(dataDir, async (db) => {
      await tamper(db, 'DELETE FROM audit WHERE position > 1')
      await record(db)
    })
    const broken = await audit(['verify', head], config(dataDir))
    expect(broken).toMatchObject({ ok: false, data: { problem: 'missing', position: 2, seq: null } })
    expect(broken.text).toContain('broken at entry 2: the entries that belong here were deleted')
  }, 120_000)

  test.each([
    [[], 'Say what to do'],
    [['chain'], 'Say what to do'],
    [['verify', '12'], '"12" is no head']
  ])('%j is answered with what to write', async (args, text) => {
    const dataDir = folder()
    expect(await audit(args, config(dataDir))).toMatchObject({ ok: false, text: expect.stringContaining(text) })
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('makes no database where there is none', async () => {
    const dataDir = folder()
    expect(await audit(['verify'], config(dataDir))).toMatchObject({ ok: false, data: { problem: 'no_database' } })
    expect(readdirSync(dataDir)).toEqual([])
  })
})

describe('on the command line', () => {
  const run = (dataDir: string) =>
    startProgram('scripts/db.ts', ['audit', 'verify', '--json'], {
      ...{ MATANE_DATA_DIR: dataDir, DATABASE_URL: undefined, MATANE_ENCRYPTION_KEYS: encryptionKeys.join(' ') }
    })

  test('programs get JSON, and the exit code says how it went', async () => {
    const dataDir = await prepared()
    await change(dataDir, record)
    const whole = run(dataDir)
    expect(await whole.ended).toBe(0)
    expect(JSON.parse(whole.out())).toMatchObject({ ok: true, entries: 3 })
    await change(dataDir, (db) => tamper(db, `UPDATE audit SET action = 'audit.view' WHERE position = 2`))
    const broken = run(dataDir)
    expect(await broken.ended).toBe(1)
    expect(JSON.parse(broken.out())).toMatchObject({ ok: false, problem: 'changed', position: 2, seq: 2 })
  }, 120_000)
})
