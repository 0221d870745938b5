import fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { StoreConfig } from '../../src/config.ts'
import { databaseOver } from '../../src/platform/db/database.ts'
import { visitorPool } from '../../src/platform/db/door.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { compareKeys } from '../../src/platform/db/key-check.ts'
import { hasKeys, KEY_FILE, openKeyRing } from '../../src/platform/db/key-ring.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { embeddedFolder } from '../../src/platform/db/open.ts'
import { restoreFolder, saveFolder, saveRunning } from '../../src/platform/db/pglite-copy.ts'
import { createLog } from '../../src/platform/log.ts'
import { audit } from './audit.ts'
import { copyToServer } from './copy-to-server.ts'
import { dead } from './dead.ts'
import { deployMigrations, migrationStatus } from './migration-status.ts'
import { rebuildStats } from './rebuild-stats.ts'
import { type Command, type CommandResult, misused } from './result.ts'
import { hasEmbedded, noDatabase } from './with-pool.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')

/** By the word after `npm run db --`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  status: (_args, config) => migrationStatus(config),
  deploy: (_args, config) => deployMigrations(config),
  new: ([label]) => writeMigration(label),
  backup: ([file], config) => backup(file, config),
  restore: ([file], config) => restore(file, config),
  dead,
  copy: ([target], config) => copyToServer(config, target),
  audit,
  'rebuild-stats': (_args, config) => rebuildStats(config)
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
  if (databaseUrl) return serverHint(`pg_dump --format=custom --no-owner --file=${file} "$DATABASE_URL"`)
  if (!hasEmbedded(dataDir)) return noDatabase(dataDir)
  await saveEmbedded(embeddedFolder(dataDir), file)
  const bytes = fs.statSync(file).size
  const text = `Saved ${file} (${Math.ceil(bytes / 1024)} KB). Personal data in it opens only with ${join(dataDir, KEY_FILE)} (or MATANE_ENCRYPTION_KEYS): keep a copy of that too, in another place.`
  return { ok: true, text, data: { file: resolve(file), bytes } }
}

async function saveEmbedded(folder: string, file: string): Promise<void> {
  const visitor = await visitorPool(folder)
  if (!visitor) return saveFolder(folder, file, 'gzip')
  await saveRunning(visitor, folder, file).finally(() => visitor.end())
}

async function restore(file: string | undefined, config: StoreConfig): Promise<CommandResult> {
  const { databaseUrl, dataDir } = config
  if (!file) return misused('Say from where: npm run db -- restore matane-backup.tar.gz')
  if (databaseUrl) return serverHint(`pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ${file}`)
  if (!fs.existsSync(file)) return { ok: false, text: `There is no file ${file}.` }
  const check = (ready: string) => checkReady(ready, config)
  const { previous } = await restoreFolder(file, embeddedFolder(dataDir), { at: new Date(), check })
  const before = previous ? ` What was there before is in ${previous}; delete it when you no longer need it.` : ''
  const text = `Restored ${file} into ${resolve(dataDir)}.${before} Its encryption key must be there too: ${join(dataDir, KEY_FILE)} or MATANE_ENCRYPTION_KEYS.`
  return { ok: true, text, data: { dataDir: resolve(dataDir), previous: previous ?? null } }
}

/** Other keys than those of the backup would make the next start fail; none yet can still be put there. */
async function checkReady(folder: string, config: StoreConfig): Promise<void> {
  if (!hasKeys(config)) return
  const { pool, close } = await startEmbedded({ folder })
  const database = databaseOver(pool, fieldCipher(openKeyRing(config, createLog())), { close, ownSessions: true })
  await compareKeys(database).finally(() => database.close())
}

/** A server's own tools copy it while it runs; doing it from here would be slower and less exact. */
function serverHint(command: string): CommandResult {
  const text = `The database is on a server (DATABASE_URL). Use PostgreSQL's own tool:\n  ${command}`
  return { ok: false, text, data: { problem: 'server', command } }
}
