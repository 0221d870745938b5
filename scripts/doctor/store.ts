import fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import type { StoreConfig } from '../../src/config.ts'
import { databaseOver } from '../../src/platform/db/database.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { compareKeys } from '../../src/platform/db/key-check.ts'
import { hasKeys, KEY_FILE, openKeyRing } from '../../src/platform/db/key-ring.ts'
import { appliedMigrations } from '../../src/platform/db/migrate.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { compare } from '../db/migration-status.ts'
import { hasEmbedded, withPool } from '../db/with-pool.ts'
import { type Finding, fine, problem, warning } from './finding.ts'

/** Where everything is kept: the data folder and its disk, the keys, the database. Changes nothing. */
export async function checkStore(config: StoreConfig): Promise<Finding[]> {
  const folder = checkFolder(config)
  const keys = checkKeyFile(config)
  return [...folder, ...keys, ...(await checkDatabase(config))]
}

const MEGABYTE = 1024 * 1024
/** Below this PostgreSQL cannot write any more before long; below the other a backup may find no room. */
const FULL_MEGABYTES = 200
const SCARCE_MEGABYTES = 2_000

function checkFolder({ dataDir, databaseUrl }: StoreConfig): Finding[] {
  const path = resolve(dataDir)
  // With a server nothing but the key file lies here, and not even that where the keys are configured.
  if (databaseUrl) return []
  if (!fs.existsSync(path)) return [warning('store', `there is no folder ${path} yet`, 'npm start makes it.')]
  try {
    fs.accessSync(path, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
  } catch {
    const fix = `Give it to the user that runs Matane: chown -R matane ${path}`
    return [problem('store', `${path} cannot be written by this user`, fix)]
  }
  return [fine('store', `the data folder is ${path}`), roomOn(path)]
}

function roomOn(path: string): Finding {
  const { bavail, bsize } = fs.statfsSync(path)
  const free = Math.floor((bavail * bsize) / MEGABYTE)
  const what = `${free.toLocaleString('en-US')} MB are free on its disk`
  if (free >= SCARCE_MEGABYTES) return fine('store', what)
  const fix = 'Make room, or move the folder to a larger disk (MATANE_DATA_DIR): a full disk stops everything.'
  return free < FULL_MEGABYTES ? problem('store', what, fix) : warning('store', what, fix)
}

function checkKeyFile({ dataDir, encryptionKeys }: StoreConfig): Finding[] {
  const file = resolve(join(dataDir, KEY_FILE))
  if (encryptionKeys || process.platform === 'win32' || !fs.existsSync(file)) return []
  const mode = fs.statSync(file).mode & 0o777
  if ((mode & 0o077) === 0) return [fine('store', 'only its owner can read the key file')]
  return [problem('store', `others than its owner can read ${file}`, `chmod 600 ${file}`)]
}

async function checkDatabase(config: StoreConfig): Promise<Finding[]> {
  if (!config.databaseUrl && !hasEmbedded(config.dataDir)) {
    return [warning('store', 'there is no database yet', 'npm start makes it.')]
  }
  try {
    return await withPool(config, (pool) => lookInto(pool, config), 'visitor')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [problem('store', `the database cannot be opened: ${why}`, UNOPENED)]
  }
}

const UNOPENED =
  'Is it running, does DATABASE_URL lead to it, and may this user use it? The log of npm start says more.'

async function lookInto(pool: Pool, config: StoreConfig): Promise<Finding[]> {
  const { rows } = await pool.query<{ version: string; megabytes: number }>(
    `SELECT current_setting('server_version') AS version,
      (pg_database_size(current_database()) / ${MEGABYTE})::int AS megabytes`
  )
  const [at] = rows
  const opened = fine('store', `PostgreSQL ${at?.version ?? ''}, ${at?.megabytes ?? 0} MB of data`)
  return [opened, await migrations(pool), await keys(pool, config)]
}

async function migrations(pool: Pool): Promise<Finding> {
  const states = compare(readMigrations(), await appliedMigrations(pool))
  const off = states.filter(({ state }) => state !== 'applied')
  if (off.length === 0) return fine('store', 'all migrations are applied')
  return problem(
    'store',
    `${off.length} migrations are not as they should be`,
    'npm run db -- status says which, and why.'
  )
}

async function keys(pool: Pool, config: StoreConfig): Promise<Finding> {
  if (!hasKeys(config)) {
    const fix = `Put the key back from your backup: ${join(config.dataDir, KEY_FILE)} or MATANE_ENCRYPTION_KEYS.`
    return problem('store', 'the encryption key is missing', fix)
  }
  try {
    const cipher = fieldCipher(openKeyRing(config, { info() {}, warn() {}, error() {} }))
    await compareKeys(databaseOver(pool, cipher, { close: async () => {}, ownSessions: false }))
    return fine('store', 'its keys open it')
  } catch (error) {
    return problem('store', 'the encryption keys do not fit', error instanceof Error ? error.message : String(error))
  }
}
