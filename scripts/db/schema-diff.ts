import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { type DiffTarget, type MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import type { Migration } from '../../src/platform/db/index.ts'
import { pgliteCode } from '../../src/platform/db/pglite-code.ts'

const SCHEMA = join(import.meta.dirname, '../../prisma/schema.prisma')

/** The project's data model, prisma/schema.prisma. */
export function readSchema(): string {
  return readFileSync(SCHEMA, 'utf8')
}

/**
 * The SQL that leads from what the migrations make to what the data model says; empty when they agree. Needs no server
 * and no native engine: the migrations are replayed on a database in memory, never on a real one.
 */
export async function schemaDiff(migrations: readonly Migration[], schema: string): Promise<string> {
  const memory = await PGlite.create(await pgliteCode())
  // The engine reads the catalogues' "char" columns, which the official adapter does not know; this one does.
  const adapter = bindMigrationAwareSqlAdapterFactory(new OneDatabase(memory))
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
  try {
    const { stdout } = await engine.diff({
      from: migrations.length > 0 ? migrationsTarget(migrations) : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] }
    })
    return stdout?.includes('This is an empty migration') ? '' : (stdout ?? '').trim()
  } finally {
    engine.free()
    await memory.close()
  }
}

/** Replays on the very database that it was given: starting one of its own takes longer than all else. */
class OneDatabase extends PrismaPGlite {
  override connectToShadowDb(): ReturnType<PrismaPGlite['connectToShadowDb']> {
    return this.connect()
  }
}

function migrationsTarget(migrations: readonly Migration[]): DiffTarget {
  const list: MigrationList = {
    baseDir: 'migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } }
    }))
  }
  return { tag: 'migrations', ...list }
}
