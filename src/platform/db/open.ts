import { join } from 'node:path'
import pg from 'pg'
import type { FieldCipher } from './cipher.ts'
import { type Database, databaseOver } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'

const SERVER_CONNECTIONS = 10

/** Opens the store and brings it to the newest migration (Node). `databaseUrl` unset = embedded in `dataDir`; both unset = in memory. */
export async function openDatabase(
  where: { databaseUrl?: string | undefined; dataDir?: string | undefined },
  cipher: FieldCipher
): Promise<Database> {
  if (where.databaseUrl) return openServer(where.databaseUrl, cipher)
  const embedded = await startEmbedded(where.dataDir && join(where.dataDir, 'postgres'))
  await embedded.pool.query("SET TIME ZONE 'UTC'")
  await migrate(embedded.pool, readMigrations())
  return databaseOver(embedded.pool, cipher, () => embedded.close())
}

async function openServer(connectionString: string, cipher: FieldCipher): Promise<Database> {
  // adapter-pg sends timestamps without a zone: the session's zone must be UTC.
  const pool = new pg.Pool({ connectionString, max: SERVER_CONNECTIONS, options: '-c TimeZone=UTC' })
  await migrate(pool, readMigrations())
  return databaseOver(pool, cipher, () => pool.end())
}
