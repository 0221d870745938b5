import type { StoreConfig } from '../../src/config.ts'
import { sha256Hex } from '../../src/core/hash.ts'
import { appliedMigrations, type Migration, migrate } from '../../src/platform/db/migrate.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { serverPool } from '../../src/platform/db/open-server.ts'
import { keepUtc } from '../../src/platform/db/utc.ts'
import type { CommandResult } from './result.ts'
import { hasEmbedded, noDatabase, withPool } from './with-pool.ts'

type State = 'applied' | 'missing' | 'edited' | 'unknown'

const MEANING: Readonly<Record<State, string>> = {
  applied: 'applied',
  missing: 'not applied yet: npm run db -- deploy',
  edited: 'edited after it was applied: put the file back as it was, and make a new migration instead',
  unknown: 'in the database only: this version of the program is older than the database'
}

/** Compares the project's migrations with the database's. Changes nothing, and makes no database where there is none. */
export async function migrationStatus(config: StoreConfig): Promise<CommandResult> {
  if (!config.databaseUrl && !hasEmbedded(config.dataDir)) return noDatabase(config.dataDir)
  return withPool(
    config,
    async (pool) => {
      const states = compare(readMigrations(), await appliedMigrations(pool))
      const text = states.map(({ migration, state }) => `${migration}: ${MEANING[state]}`).join('\n')
      return { ok: states.every(({ state }) => state === 'applied'), text, data: { migrations: states } }
    },
    'visitor'
  )
}

/** Applies what is missing, and makes a server ready for Workers too. */
export async function deployMigrations(config: StoreConfig): Promise<CommandResult> {
  if (config.databaseUrl) await readyForPoolers(config.databaseUrl)
  return withPool(config, async (pool) => {
    const applied = await migrate(pool, readMigrations())
    const text = applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to do: the database is up to date.'
    return { ok: true, text, data: { applied } }
  })
}

async function readyForPoolers(databaseUrl: string): Promise<void> {
  const plain = serverPool(databaseUrl, { maxConnections: 1, pooled: true })
  await keepUtc(plain).finally(() => plain.end())
}

/** How each migration of the project and of the database stands; the project's first, in order. */
export function compare(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>
): { migration: string; state: State }[] {
  const own = migrations.map(({ name, sql }) => {
    const checksum = applied.get(name)
    const state: State = checksum === undefined ? 'missing' : checksum === sha256Hex(sql) ? 'applied' : 'edited'
    return { migration: name, state }
  })
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = [...applied.keys()].filter((name) => !known.has(name))
  return [...own, ...foreign.map((migration) => ({ migration, state: 'unknown' as const }))]
}
