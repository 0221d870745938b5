import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { embeddedFolder } from '../../src/platform/db/open.ts'
import { restoreFolder } from '../../src/platform/db/pglite-copy.ts'
import { testCipher } from './database.ts'
import { useFolders } from './folder.ts'
import { databaseTemplate } from './template.ts'

/**
 * A data folder with a migrated, empty embedded database for each call, removed after the test. Use:
 * `const dataFolder = useDataFolders()` at the top of a file.
 */
export function useDataFolders(): () => string {
  const folder = useFolders()
  const prepared = mkdtempSync(join(tmpdir(), 'matane-prepared-'))
  beforeAll(async () => {
    await restoreFolder(await databaseTemplate(testCipher), embeddedFolder(prepared), { at: new Date() })
  }, 120_000)
  afterAll(() => rmSync(prepared, { recursive: true }))
  return () => {
    const dataDir = folder()
    cpSync(prepared, dataDir, { recursive: true })
    return dataDir
  }
}
