import { cpSync } from 'node:fs'
import { beforeAll } from 'vitest'
import { testCipher } from './database.ts'
import { useFolders } from './folder.ts'
import { databaseTemplates } from './template.ts'

/**
 * A data folder with a migrated, empty embedded database for each call, removed after the test. Use:
 * `const dataFolder = useDataFolders()` at the top of a file.
 */
export function useDataFolders(): () => string {
  const folder = useFolders()
  let prepared = ''
  beforeAll(async () => {
    prepared = (await databaseTemplates(testCipher)).dataFolder
  }, 120_000)
  return () => {
    const dataDir = folder()
    cpSync(prepared, dataDir, { recursive: true })
    return dataDir
  }
}
