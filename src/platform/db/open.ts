import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Log } from '../scope.ts'
import type { FieldCipher } from './cipher.ts'
import { type Database, databaseOver } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { checkKeys } from './key-check.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { serverPool } from './open-server.ts'

/** `databaseUrl` unset = embedded in `dataDir`; both unset = in memory, beginning as the file `template` says. */
export interface DatabasePlace {
  readonly databaseUrl?: string | undefined
  readonly dataDir?: string | undefined
  readonly template?: string | undefined
}

export interface OpenOptions {
  readonly log?: Log
  /** Called once when the embedded database can do no more: say so and end the process. */
  readonly onFatal?: (error: Error) => void
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
  const { pool, close } = place.databaseUrl
    ? await openServerPool(place.databaseUrl, options)
    : await openEmbeddedPool(place, options)
  try {
    const applied = await migrate(pool, readMigrations())
    if (applied.length > 0) options.log?.info('The database was brought up to date', { migrations: applied })
    const database = databaseOver(pool, cipher, { close, ownSessions: true })
    await checkKeys(database)
    return database
  } catch (error) {
    await close()
    throw error
  }
}

interface OpenPool {
  readonly pool: Pool
  close(): Promise<void>
}

async function openEmbeddedPool({ dataDir, template }: DatabasePlace, { onFatal }: OpenOptions): Promise<OpenPool> {
  const embedded = await startEmbedded({ folder: dataDir && embeddedFolder(dataDir), template, onFatal })
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
