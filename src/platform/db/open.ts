import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Log } from '../scope.ts'
import type { FieldCipher } from './cipher.ts'
import { type Database, databaseOver } from './database.ts'
import { visitorPool } from './door.ts'
import { startEmbedded } from './embedded.ts'
import { checkKeys } from './key-check.ts'
import { appliedMigrations, migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { serverPool } from './open-server.ts'

/** `databaseUrl` unset = embedded in `dataDir`; both unset = in memory, beginning as the file `template` says. */
export interface DatabasePlace {
  readonly databaseUrl?: string | undefined
  readonly dataDir?: string | undefined
  readonly template?: string | undefined
}

export interface OpenOptions {
  readonly log?: Log | undefined
  /** Called once when the embedded database can do no more: say so and end the process. */
  readonly onFatal?: (error: Error) => void
  /** The server lets commands in ("host"); a command goes in where a server runs, else opens the store itself ("visitor"). */
  readonly door?: 'host' | 'visitor'
}

/** The folder of the embedded database inside the data folder. */
export function embeddedFolder(dataDir: string): string {
  return join(dataDir, 'postgres')
}

/**
 * Opens the store (Node), brings it to the newest migration, and makes sure that its keys are there. Throws with what
 * to do when the folder is in use, the server does not answer, or the data was sealed with other keys.
 */
export async function openDatabase(
  place: DatabasePlace,
  cipher: FieldCipher,
  options: OpenOptions = {}
): Promise<Database> {
  const { pool, close, visits } = place.databaseUrl
    ? await openServerPool(place.databaseUrl, options)
    : await openEmbeddedPool(place, options)
  try {
    await bringUpToDate(pool, { visits, log: options.log })
    const database = databaseOver(pool, cipher, { close, ownSessions: !visits })
    await checkKeys(database)
    return database
  } catch (error) {
    await close()
    throw error
  }
}

/** A visitor leaves the tables as the server in whose house it is made them. */
async function bringUpToDate(pool: Pool, { visits, log }: Pick<OpenPool, 'visits'> & Pick<OpenOptions, 'log'>) {
  const migrations = readMigrations()
  if (!visits) {
    const applied = await migrate(pool, migrations)
    if (applied.length > 0) log?.info('The database was brought up to date', { migrations: applied })
    return
  }
  const applied = await appliedMigrations(pool)
  if (migrations.some(({ name }) => !applied.has(name)))
    throw new Error('The server that runs is older than this program: restart it, then try again.')
}

interface OpenPool {
  readonly pool: Pool
  readonly visits?: boolean | undefined
  close(): Promise<void>
}

async function openEmbeddedPool({ dataDir, template }: DatabasePlace, options: OpenOptions): Promise<OpenPool> {
  const folder = dataDir && embeddedFolder(dataDir)
  const visitor = folder && options.door === 'visitor' ? await visitorPool(folder) : undefined
  if (visitor) return { pool: visitor, visits: true, close: () => visitor.end() }
  const { log, onFatal } = options
  const embedded = await startEmbedded({ folder, template, onFatal, log, door: options.door === 'host' })
  await embedded.pool.query("SET TIME ZONE 'UTC'")
  return embedded
}

async function openServerPool(connectionString: string, { log }: OpenOptions): Promise<OpenPool> {
  const pool = serverPool(connectionString, { log })
  const close = () => pool.end()
  try {
    await pool.query('SELECT 1')
  } catch (cause) {
    await close()
    throw new Error(`${unreachable(connectionString)} ${reasonOf(cause)}`, { cause })
  }
  return { pool, close }
}

function unreachable(connectionString: string): string {
  const url = URL.parse(connectionString)
  const server = `${url?.host ?? 'its server'}${url?.pathname ?? ''}`
  return `The database ${server} cannot be opened: check DATABASE_URL, and that the server is running.`
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}
