import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../../src/core/hash.ts'
import type { FieldCipher } from '../../src/platform/db/index.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { saveFolder } from '../../src/platform/db/pglite-copy.ts'
import { makeFolder } from './folder.ts'

const MODULES = join(import.meta.dirname, '../../node_modules')
const CACHE = join(MODULES, '.cache/matane')

/** The same migrated, empty database in both forms, kept for as long as the migrations are these. */
interface Templates {
  /** A data folder, to be copied. */
  readonly dataFolder: string
  /** One file, for a database in memory. */
  readonly file: string
}

/**
 * Made once: a database starts from it in a fraction of the time that PostgreSQL needs to initialise. Test files that find
 * none at the same moment each make it.
 */
export async function databaseTemplates(cipher: FieldCipher): Promise<Templates> {
  const engine = readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8')
  const dataFolder = join(CACHE, `template-${sha256Hex(JSON.stringify([engine, readMigrations()])).slice(0, 16)}`)
  const templates = { dataFolder, file: `${dataFolder}.tar` }
  // The folder comes last.
  if (!existsSync(dataFolder)) await make(templates, cipher)
  return templates
}

async function make({ dataFolder, file }: Templates, cipher: FieldCipher): Promise<void> {
  const dataDir = makeFolder()
  try {
    const database = await openDatabase({ dataDir }, cipher)
    await database.query('TRUNCATE setting')
    await database.close()
    mkdirSync(CACHE, { recursive: true })
    await saveFolder(embeddedFolder(dataDir), file)
    putFolder(dataDir, dataFolder)
    dropOld(CACHE, { keep: dataFolder })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const DAY_MS = 86_400_000

/**
 * Removes the templates of other migrations, and what a killed run left half-made, when they were not made today: each takes
 * some 80 MB, and a branch that is worked on beside this one keeps its own.
 */
export function dropOld(folder: string, { keep }: { keep: string }): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const madeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    const old = madeMs < Date.now() - DAY_MS
    if (old && !path.startsWith(keep)) rmSync(path, { recursive: true, force: true })
  }
}

/** Whole or not at all; when another one was first, that one stays. */
function putFolder(from: string, to: string): void {
  const fresh = `${to}.${process.pid}`
  cpSync(from, fresh, { recursive: true })
  try {
    renameSync(fresh, to)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
