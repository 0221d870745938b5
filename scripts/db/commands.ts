import fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import type { StoreConfig } from '../../src/config.ts'
import { keysFileBeside, keysStillThere, type PutKeys, putKeys } from '../../src/platform/db/backup-keys.ts'
import { databaseOver } from '../../src/platform/db/database.ts'
import { visitorPool } from '../../src/platform/db/door.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { fieldCipher, RESTORED_AT } from '../../src/platform/db/index.ts'
import { compareKeys } from '../../src/platform/db/key-check.ts'
import { hasKeys, KEY_FILE, openKeyRing } from '../../src/platform/db/key-ring.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { embeddedFolder } from '../../src/platform/db/open.ts'
import { restoreFolder, saveBackup } from '../../src/platform/db/pglite-copy.ts'
import { createLog } from '../../src/platform/log.ts'
import { audit } from './audit.ts'
import { copyToServer } from './copy-to-server.ts'
import { dead } from './dead.ts'
import { deployMigrations, migrationStatus } from './migration-status.ts'
import { rebuildStats, sealAnew } from './rebuild-stats.ts'
import { type Command, type CommandResult, misused } from './result.ts'
import { hasEmbedded, noDatabase, withPool } from './with-pool.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')

/** By the word after `npm run db --`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  status: (_args, config) => migrationStatus(config),
  deploy: (_args, config) => deployMigrations(config),
  new: ([label]) => writeMigration(label),
  backup: ([file], config) => backup(file, config),
  restore: ([file], config) => restore(file, config),
  restored: (_args, config) => noteRestored(config),
  dead,
  copy: ([target], config) => copyToServer(config, target),
  audit,
  'rebuild-stats': (_args, config) => rebuildStats(config),
  'seal-anew': (_args, config) => sealAnew(config)
}

async function writeMigration(label = ''): Promise<CommandResult> {
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(label)) {
    return misused('Name the change in small letters, for example: npm run db -- new add_tier')
  }
  // Loaded only here: the schema engine takes longer to load than the other commands to run.
  const { newMigration } = await import('./new-migration.ts')
  const made = await newMigration(label, { folder: MIGRATIONS, migrations: readMigrations(), at: new Date() })
  if (!made)
    return { ok: true, text: 'Nothing to do: the migrations already make this data model.', data: { made: null } }
  const careful = made.warnings.map((warning) => `\n  ! ${warning}`).join('')
  const text = `Wrote ${made.file}${careful}\nRead it, then: npm run db -- deploy (or npm start)`
  return { ok: true, text, data: { ...made } }
}

async function backup(file: string | undefined, { databaseUrl, dataDir }: StoreConfig): Promise<CommandResult> {
  if (!file) return misused('Say where to: npm run db -- backup matane-backup.tar.gz')
  if (databaseUrl) {
    const dump = `pg_dump --format=custom --no-owner`
    return serverHint(
      `${dump} --exclude-table-data=customer_key --file=${file} "$DATABASE_URL"`,
      `${dump} --data-only --table=customer_key --file=customer-keys.dump "$DATABASE_URL"   # keep the newest only`
    )
  }
  if (!hasEmbedded(dataDir)) return noDatabase(dataDir)
  const folder = embeddedFolder(dataDir)
  const visitor = await visitorPool(folder)
  await saveBackup(folder, file, { visitor, at: new Date() }).finally(() => visitor?.end())
  const bytes = fs.statSync(file).size
  const keys = keysFileBeside(file)
  const text = `Saved ${file} (${Math.ceil(bytes / 1024)} KB), and customers’ own keys in ${keys}: keep the newest of those only, so that people who are erased are erased from older backups too. Personal data opens only with ${join(dataDir, KEY_FILE)} (or MATANE_ENCRYPTION_KEYS) as well: keep a copy of that in another place.`
  return { ok: true, text, data: { file: resolve(file), keys, bytes } }
}

async function restore(file: string | undefined, config: StoreConfig): Promise<CommandResult> {
  const { databaseUrl, dataDir } = config
  if (!file) return misused('Say from where: npm run db -- restore matane-backup.tar.gz')
  if (databaseUrl) {
    return serverHint(
      `pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ${file}`,
      `pg_restore --data-only --no-owner --dbname="$DATABASE_URL" customer-keys.dump   # the newest`,
      'npm run db -- restored'
    )
  }
  if (!fs.existsSync(file)) return { ok: false, text: `There is no file ${file}.` }
  const still = await keysStillThere(embeddedFolder(dataDir))
  const keys = { file: keysFileBeside(file), at: new Date(), still }
  const check = (ready: string) => prepare(ready, config, keys)
  const { previous } = await restoreFolder(file, embeddedFolder(dataDir), { at: new Date(), check })
  const before = previous ? ` What was there before is in ${previous}; delete it when you no longer need it.` : ''
  const text = `Restored ${file} into ${resolve(dataDir)}.${before} Its encryption key must be there too: ${join(dataDir, KEY_FILE)} or MATANE_ENCRYPTION_KEYS.`
  return { ok: true, text, data: { dataDir: resolve(dataDir), previous: previous ?? null } }
}

/** Says to the server that runs on this database, or will, that it came out of a backup. */
function noteRestored(config: StoreConfig): Promise<CommandResult> {
  if (!config.databaseUrl && !hasEmbedded(config.dataDir)) return Promise.resolve(noDatabase(config.dataDir))
  const note = async (pool: Pool): Promise<CommandResult> => {
    const at = new Date().toISOString()
    await pool.query('INSERT INTO setting VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2', [
      RESTORED_AT,
      at
    ])
    return { ok: true, text: 'Noted: whoever was erased since the backup is erased again while the server runs.' }
  }
  return withPool(config, note, 'visitor')
}

/**
 * Other keys than those of the backup would make the next start fail; none yet can still be put there. Then customers' own
 * keys.
 */
async function prepare(folder: string, config: StoreConfig, keys: PutKeys): Promise<void> {
  const { pool, close } = await startEmbedded({ folder })
  try {
    if (hasKeys(config)) {
      const cipher = fieldCipher(openKeyRing(config, createLog()))
      await compareKeys(databaseOver(pool, cipher, { close, ownSessions: true }))
    }
    await putKeys(pool, keys)
  } finally {
    await close()
  }
}

/** A server's own tools copy it while it runs; doing it from here would be slower and less exact. */
function serverHint(...commands: readonly string[]): CommandResult {
  const text = `The database is on a server (DATABASE_URL). Use PostgreSQL's own tools:\n  ${commands.join('\n  ')}`
  return { ok: false, text, data: { problem: 'server', commands } }
}
