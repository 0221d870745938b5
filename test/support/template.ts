import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '../../src/core/hash.ts'
import type { FieldCipher } from '../../src/platform/db/index.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { saveFolder } from '../../src/platform/db/pglite-copy.ts'

const MODULES = join(import.meta.dirname, '../../node_modules')
const CACHE = join(MODULES, '.cache/matane')

/**
 * A migrated, empty database as one file, made once for these migrations: a database in memory starts from it in a
 * fraction of the time that PostgreSQL needs to initialise. Test files that find none at the same moment each make it.
 */
export async function databaseTemplate(cipher: FieldCipher): Promise<string> {
  const engine = readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8')
  const file = join(CACHE, `database-${sha256Hex(JSON.stringify([engine, readMigrations()])).slice(0, 16)}.tar`)
  if (existsSync(file)) return file
  const dataDir = mkdtempSync(join(tmpdir(), 'matane-template-'))
  try {
    const database = await openDatabase({ dataDir }, cipher)
    await database.query('TRUNCATE setting')
    await database.close()
    mkdirSync(CACHE, { recursive: true })
    await saveFolder(embeddedFolder(dataDir), file, 'none')
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
  return file
}
