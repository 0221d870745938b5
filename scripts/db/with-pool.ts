import fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import type { StoreConfig } from '../../src/config.ts'
import { visitorPool } from '../../src/platform/db/door.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { embeddedFolder } from '../../src/platform/db/open.ts'
import { serverPool } from '../../src/platform/db/open-server.ts'
import { openStore } from '../open-store.ts'
import type { CommandResult } from './result.ts'

/**
 * Works on the database as it is, migrated or not. As a visitor it goes in where a server runs on the embedded one; else
 * it throws when that one is in use.
 */
export async function withPool<T>(
  { databaseUrl, dataDir }: Pick<StoreConfig, 'databaseUrl' | 'dataDir'>,
  work: (pool: Pool) => Promise<T>,
  as: 'owner' | 'visitor' = 'owner'
): Promise<T> {
  if (!databaseUrl) {
    const visitor = as === 'visitor' ? await visitorPool(embeddedFolder(dataDir)) : undefined
    if (visitor) return work(visitor).finally(() => visitor.end())
    const embedded = await startEmbedded({ folder: embeddedFolder(dataDir) })
    return work(embedded.pool).finally(() => embedded.close())
  }
  const pool = serverPool(databaseUrl, { maxConnections: 1 })
  return work(pool).finally(() => pool.end())
}

/** Works on the store as the server does, keys and migrations included; makes none where there is none. */
export async function withStore(
  config: StoreConfig,
  work: (db: Database) => Promise<CommandResult>
): Promise<CommandResult> {
  if (!config.databaseUrl && !hasEmbedded(config.dataDir)) return noDatabase(config.dataDir)
  const db = await openStore(config)
  return work(db).finally(() => db.close())
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
