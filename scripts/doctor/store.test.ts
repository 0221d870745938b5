import fs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openKeyRing } from '../../src/platform/db/key-ring.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { recordLog } from '../../test/support/log.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

const dataFolder = useDataFolders()
const OTHER_KEY = `k1:${Buffer.alloc(32, 9).toString('base64')}`

describe('the store', () => {
  const storeOf = async (settings: Record<string, string>) =>
    (await examine({ MATANE_SANDBOX: '1', ...settings })).filter(({ area }) => area === 'store')
  const levels = (findings: Finding[]) => findings.filter(({ level }) => level !== 'ok').map(({ what }) => what)

  test('that is right is found right, while a server runs too, and is left as it is', async () => {
    const dataDir = dataFolder()
    const settings = { MATANE_DATA_DIR: dataDir }
    const log = recordLog()
    const store = { dataDir, databaseUrl: undefined, encryptionKeys: undefined }
    const db = await openDatabase(store, fieldCipher(openKeyRing(store, log)), { door: 'host' })
    const before = await db.query('SELECT * FROM setting')
    const running = await storeOf(settings)
    expect(levels(running)).toEqual([])
    expect(running.length).toBeGreaterThanOrEqual(5)
    expect(await db.query('SELECT * FROM setting')).toEqual(before)
    const keyFile = join(dataDir, 'encryption.key')
    fs.chmodSync(keyFile, 0o644)
    expect(levels(await storeOf(settings))).toEqual([expect.stringContaining('others than its owner')])
    fs.chmodSync(keyFile, 0o600)
    expect(levels(await storeOf({ ...settings, MATANE_ENCRYPTION_KEYS: OTHER_KEY }))).toEqual([
      'the encryption keys do not fit'
    ])
    await db.close()
    expect(levels(await storeOf(settings))).toEqual([])
    fs.rmSync(keyFile)
    expect(levels(await storeOf(settings))).toEqual(['the encryption key is missing'])
    expect(fs.existsSync(keyFile)).toBe(false)
  }, 60_000)

  test('that is not there yet, or cannot be reached, is told', async () => {
    const nowhere = join(dataFolder(), 'none')
    expect(levels(await storeOf({ MATANE_DATA_DIR: nowhere }))).toEqual([
      `there is no folder ${nowhere} yet`,
      'there is no database yet'
    ])
    expect(fs.existsSync(nowhere)).toBe(false)
    const far = { DATABASE_URL: 'postgresql://matane:geheim@127.0.0.1:9/shop', MATANE_ENCRYPTION_KEYS: OTHER_KEY }
    const [told] = await storeOf(far)
    expect(told).toMatchObject({ level: 'problem', what: expect.stringMatching(/cannot be opened: .*ECONNREFUSED/) })
    expect(JSON.stringify(told)).not.toContain('geheim')
  }, 60_000)
})
