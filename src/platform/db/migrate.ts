import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { sha256Hex } from '../../core/hash.ts'

/** One migration as it lies in prisma/migrations. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The key of Prisma's own migration lock, so that `prisma migrate deploy` and this never run at once. */
const PRISMA_LOCK = 72707369
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/**
 * Brings the database to the newest migration and returns the names it applied. Each is all or nothing, and noted in
 * Prisma's own table with its checksum, so that `prisma migrate deploy` agrees. Throws when an applied one was edited.
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<string[]> {
  const known = await appliedMigrations(pool)
  const others = migrations.filter(({ name, sql }) => known.get(name) !== sha256Hex(sql))
  if (others.length === 0) return []
  const client = await pool.connect()
  try {
    const applied: string[] = []
    for (const migration of others) if (await applyOne(client, migration)) applied.push(migration.name)
    client.release()
    return applied
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function applyOne(client: PoolClient, { name, sql }: Migration): Promise<boolean> {
  const checksum = sha256Hex(sql)
  await client.query('BEGIN')
  // The pool's limits are for everyday statements; an index on a large table may take longer.
  await client.query("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'")
  await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_LOCK])
  await client.query(TABLE)
  const { rows } = await client.query<{ checksum: string; finished_at: Date | null }>(
    'SELECT checksum, finished_at FROM _prisma_migrations WHERE migration_name = $1 AND rolled_back_at IS NULL',
    [name]
  )
  const [known] = rows
  if (known && known.checksum !== checksum) throw new Error(`Migration ${name} was edited after it was applied`)
  if (known && !known.finished_at) throw new Error(`Migration ${name} failed earlier: see _prisma_migrations`)
  if (!known) {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name]
    )
  }
  await client.query('COMMIT')
  return !known
}

/** Checksums of the applied migrations by name; none when the database has never been migrated. */
export async function appliedMigrations(pool: Pool): Promise<Map<string, string>> {
  const table = await pool.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
  if (!table.rows[0]?.there) return new Map()
  const { rows } = await pool.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`
  )
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}
