import fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import type { StoreConfig } from '../../src/config.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { embeddedFolder } from '../../src/platform/db/open.ts'
import { serverPool } from '../../src/platform/db/open-server.ts'
import type { CommandResult } from './commands.ts'

/** Works on the database as it is, migrated or not. Throws when the embedded one is in use. */
export async function withPool<T>(
  { databaseUrl, dataDir }: Pick<StoreConfig, 'databaseUrl' | 'dataDir'>,
  work: (pool: Pool) => Promise<T>
): Promise<T> {
  if (!databaseUrl) {
    const embedded = await startEmbedded({ folder: embeddedFolder(dataDir) })
    return work(embedded.pool).finally(() => embedded.close())
  }
  const pool = serverPool(databaseUrl, { maxConnections: 1 })
  return work(pool).finally(() => pool.end())
}

/** Whether the data folder holds an embedded database: opening it would make one. */
export function hasEmbedded(dataDir: string): boolean {
  return fs.existsSync(join(embeddedFolder(dataDir), 'PG_VERSION'))
}

/** The answer of commands that make no database. */
export function noDatabase(dataDir: string): CommandResult {
  const text = `There is no database in ${resolve(dataDir)} yet: npm start makes it.`
  return { ok: false, text, data: { problem: 'no_database' } }
}
