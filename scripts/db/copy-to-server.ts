import { join, resolve } from 'node:path'
import pg, { type Pool, type PoolClient } from 'pg'
import type { StoreConfig } from '../../src/config.ts'
import { KEY_FILE } from '../../src/platform/db/key-ring.ts'
import { appliedMigrations } from '../../src/platform/db/migrate.ts'
import { readMigrations } from '../../src/platform/db/migrations.ts'
import { type CopiedTable, copyTables, filledTables, lockTables } from './copy-tables.ts'
import { compare, deployMigrations } from './migration-status.ts'
import { type CommandResult, misused } from './result.ts'
import { hasEmbedded, noDatabase, withPool } from './with-pool.ts'

const USAGE = 'Say where to: npm run db -- copy postgresql://user:password@host:5432/database'
/** Session settings under which both ends write and read values alike. */
const SESSION = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres'

/** A refusal that people can do something about; nothing was changed. */
class Refusal extends Error {
  readonly problem: string
  constructor(problem: string, message: string) {
    super(message)
    this.problem = problem
  }
}

/**
 * Copies the embedded database to an empty one on a server (`target`; DATABASE_URL when it is not given): all of it or
 * nothing. The embedded one stays as it is, and must not be in use. `progress` is told each table.
 */
export async function copyToServer(
  config: StoreConfig,
  target: string | undefined = config.databaseUrl,
  progress: (line: string) => void = (line) => void process.stderr.write(`${line}\n`)
): Promise<CommandResult> {
  if (!target || !/^postgres(ql)?:\/\/\S+$/.test(target)) return misused(USAGE)
  if (!hasEmbedded(config.dataDir)) return noDatabase(config.dataDir)
  try {
    const copied = await withPool({ dataDir: config.dataDir, databaseUrl: undefined }, (source) =>
      copyBetween(source, { ...config, databaseUrl: target }, progress)
    )
    return copiedAnswer(copied, config)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, text: error.message, data: { problem: error.problem } }
  }
}

async function copyBetween(
  source: Pool,
  target: StoreConfig,
  progress: (line: string) => void
): Promise<CopiedTable[]> {
  await refuseOtherVersion(source)
  const pool = targetPool(target)
  try {
    await withClient(pool, refuseFilled)
    await deployMigrations(target)
    const onTable = ({ table, rows }: CopiedTable) => progress(`${table}: ${rows}`)
    return await withClient(source, (from) =>
      withClient(pool, (to) =>
        inTransaction(from, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
          inTransaction(to, 'BEGIN', async () => {
            await lockTables(to)
            // Looked at again: a Matane may have started on it in the meantime.
            await refuseFilled(to)
            return copyTables({ source: from, target: to }, onTable)
          })
        )
      )
    )
  } finally {
    await pool.end()
  }
}

/** Without the limits of everyday statements: to check a large table's foreign keys takes its time. */
function targetPool({ databaseUrl }: StoreConfig): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    options: SESSION,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'matane copy'
  })
  // A server that stops while the last connection is being closed must not end the command; a query reports it anyway.
  pool.on('error', () => undefined)
  return pool
}

async function refuseOtherVersion(source: Pool): Promise<void> {
  const states = compare(readMigrations(), await appliedMigrations(source))
  if (states.every(({ state }) => state === 'applied')) return
  throw new Refusal(
    'version',
    'The embedded database is not of this version of Matane (npm run db -- status). Bring it up to date first: npm run db -- deploy, without DATABASE_URL'
  )
}

async function refuseFilled(target: PoolClient): Promise<void> {
  const filled = await filledTables(target)
  if (filled.length === 0) return
  throw new Refusal(
    'not_empty',
    `The database on the server is not empty (${filled.join(', ')}). Nothing was changed there. Make a new, empty one, and do not start Matane on it before the copy.`
  )
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refusal('unreachable', `The database on the server cannot be opened: ${reason}`)
  })
  return work(client).finally(() => client.release())
}

async function inTransaction<T>(client: PoolClient, begin: string, work: () => Promise<T>): Promise<T> {
  await client.query(begin)
  try {
    const done = await work()
    await client.query('COMMIT')
    return done
  } catch (error) {
    // The connection may be what failed; the first error says more than that.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

function copiedAnswer(copied: readonly CopiedTable[], { dataDir, encryptionKeys }: StoreConfig): CommandResult {
  const rows = copied.reduce((sum, table) => sum + table.rows, 0)
  const keys = encryptionKeys
    ? '  1. keep MATANE_ENCRYPTION_KEYS as it is'
    : `  1. export MATANE_ENCRYPTION_KEYS="$(cat ${join(dataDir, KEY_FILE)})"    (nobody can read the data without it)`
  const text = `Copied ${rows} rows of ${copied.length} tables, and counted them on both sides. Now:
${keys}
  2. export DATABASE_URL=postgresql://…    (the database you just copied to)
  3. npm start
${resolve(dataDir)} is as it was. Do not start Matane on it any more: both would serve the same customers. Keep it and its key until you are sure, then delete it.`
  return { ok: true, text, data: { tables: copied, rows } }
}
