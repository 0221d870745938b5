import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { emptyDatabase, testCipher, testKeys } from './database.ts'
import { makeFolder } from './folder.ts'
import { databaseTemplates } from './template.ts'

/** The embedded database of a data folder as a running server has it: commands come in through its door. */
export interface RunningStore {
  readonly db: Database
  readonly dataDir: string
  /** For commands, with the store's own keys. */
  readonly config: StoreConfig
}

/**
 * One for all tests of a file, emptied before each of them. Use: `const store = useRunningStore()` at the top, `store()` in
 * tests.
 */
export function useRunningStore(): () => RunningStore {
  const dataDir = makeFolder()
  let db: Database | undefined
  const current = (): Database => {
    if (!db) throw new Error('useRunningStore(): no store outside a test')
    return db
  }
  beforeAll(async () => {
    cpSync((await databaseTemplates(testCipher)).dataFolder, dataDir, { recursive: true })
    db = await openDatabase({ dataDir }, testCipher, { door: 'host' })
  }, 120_000)
  beforeEach(() => emptyDatabase(current()))
  afterAll(async () => {
    await db?.close()
    rmSync(dataDir, { recursive: true })
  })
  const config = { dataDir, databaseUrl: undefined, encryptionKeys: [testKeys], timeZone: 'Asia/Tokyo' }
  return () => ({ db: current(), dataDir, config })
}
