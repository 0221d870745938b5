import type { Database } from './database.ts'

/** Fails when the database does not answer. */
export async function checkDatabase(db: Database): Promise<undefined> {
  await db.query('SELECT 1')
  return undefined
}

/** Fails when a migration of this version is not applied; `names` are the migrations' names. */
export async function checkMigrations(db: Database, names: readonly string[]): Promise<{ applied: number }> {
  const rows = await db.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
  )
  const applied = new Set(rows.map((row) => row.name))
  const missing = names.filter((name) => !applied.has(name))
  if (missing.length > 0) throw new Error(`Migrations are missing, run npm run db -- deploy: ${missing.join(', ')}`)
  return { applied: applied.size }
}
