/**
 * Backups and customers' own keys are kept apart. A backup holds what was sealed; the file of keys beside it is replaced by
 * every backup, so that the keys of people who were erased are nowhere any more, and all backups of before with them.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { z } from 'zod'
import { RESTORED_AT } from './customer-keys.ts'
import { openPglite } from './pglite-open.ts'
import { syncPath } from './sync-files.ts'

/** The file of keys, in the folder of the backups. */
const CUSTOMER_KEYS_FILE = 'customer-keys.json'

/** When a backup was made. */
const MADE_AT = 'backup.made_at'

const Keys = z.object({
  madeAt: z.iso.datetime(),
  keys: z.array(z.object({ id: z.string(), customer_id: z.uuid(), made_for: z.uuid(), key_sealed: z.string() }))
})
type Keys = z.infer<typeof Keys>

export const keysFileBeside = (backup: string): string => join(dirname(resolve(backup)), CUSTOMER_KEYS_FILE)

/**
 * Takes the keys out of a copy of an embedded database's folder that nobody uses, so that none of their bytes is left in it,
 * and notes in it when that was.
 */
export async function takeKeys(copy: string, at: Date): Promise<Keys> {
  // What lies ready to be written over still holds what was written in it before.
  keepOnlyJournal(copy, await withCopy(copy, journalOf))
  const { keys, journal } = await withCopy(copy, async (pg) => {
    if (!(await hasKeys(pg))) return { keys: { madeAt: at.toISOString(), keys: [] }, journal: await journalOf(pg) }
    const { rows } = await pg.query('SELECT id, customer_id, made_for, key_sealed FROM customer_key')
    await pg.query(`INSERT INTO setting VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2`, [
      MADE_AT,
      at.toISOString()
    ])
    await pg.exec('DELETE FROM customer_key')
    await pg.exec('VACUUM FULL customer_key')
    await pg.exec('SELECT pg_switch_wal(); CHECKPOINT')
    return { keys: Keys.parse({ madeAt: at.toISOString(), keys: rows }), journal: await journalOf(pg) }
  })
  keepOnlyJournal(copy, journal)
  return keys
}

/** A database that was not migrated yet since customers have keys of their own. */
async function hasKeys(pg: PGlite): Promise<boolean> {
  const { rows } = await pg.query<{ there: boolean }>(`SELECT to_regclass('customer_key') IS NOT NULL AS there`)
  return rows[0]?.there ?? false
}

async function withCopy<T>(copy: string, work: (pg: PGlite) => Promise<T>): Promise<T> {
  const { pg, close } = await openPglite({ folder: copy, keepsJournal: false })
  return work(pg).finally(close)
}

/** The file of the journal (WAL) that is written now. */
async function journalOf(pg: PGlite): Promise<string> {
  const { rows } = await pg.query<{ name: string }>('SELECT pg_walfile_name(pg_current_wal_lsn()) AS name')
  return rows[0]?.name ?? ''
}

function keepOnlyJournal(copy: string, journal: string): void {
  const folder = join(copy, 'pg_wal')
  for (const name of fs.readdirSync(folder))
    if (/^[0-9A-F]{24}$/.test(name) && name !== journal) fs.rmSync(join(folder, name))
}

/** Writes the file of keys, whole or not at all, readable by its owner only. */
export function writeKeys(file: string, keys: Keys): void {
  const fresh = `${file}.${randomBytes(4).toString('hex')}`
  try {
    fs.writeFileSync(fresh, JSON.stringify(keys), { mode: 0o600 })
    syncPath(fresh)
    fs.renameSync(fresh, file)
    syncPath(dirname(file))
  } finally {
    fs.rmSync(fresh, { force: true })
  }
}

/**
 * The ids of the keys in a database folder that is about to be replaced: whoever was erased after the file of keys was
 * written is known there only. Undefined when there is none, or it cannot be read any more.
 */
export async function keysStillThere(folder: string): Promise<ReadonlySet<string> | undefined> {
  if (!fs.existsSync(join(folder, 'PG_VERSION'))) return undefined
  const { pg, close } = await openPglite({ folder }).catch((error: unknown) => {
    if (String(error).includes('in use by another process')) throw error
    return { pg: undefined, close: async () => {} }
  })
  try {
    if (!pg || !(await hasKeys(pg))) return undefined
    return new Set((await pg.query<{ id: string }>('SELECT id FROM customer_key')).rows.map(({ id }) => id))
  } finally {
    await close()
  }
}

export interface PutKeys {
  readonly file: string
  readonly at: Date
  /** What `keysStillThere` answered. */
  readonly still: ReadonlySet<string> | undefined
}

/**
 * Gives a restored database the keys of the file, without those of people who were erased since. Throws with what to do when
 * the file is missing, or older than the backup: some people could not be read then.
 */
export async function putKeys(pool: Pool, { file, at, still }: PutKeys): Promise<void> {
  const { rows } = await pool.query<{ value: string }>('SELECT value FROM setting WHERE key = $1', [MADE_AT])
  // A backup from before customers had keys of their own.
  if (!rows[0]) return
  const { madeAt, keys } = readKeys(file)
  if (madeAt < rows[0].value)
    throw new Error(`${file} is older than the backup: put the newest ${CUSTOMER_KEYS_FILE} there, then try again.`)
  // What has none of these keys is the database of somebody else.
  const replaced = still && keys.some(({ id }) => still.has(id)) ? still : undefined
  await pool.query(
    `INSERT INTO customer_key (id, customer_id, made_for, key_sealed)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (id text, customer_id uuid, made_for uuid, key_sealed text)`,
    [JSON.stringify(keys.filter(({ id }) => replaced?.has(id) ?? true))]
  )
  await pool.query('INSERT INTO setting VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2', [
    RESTORED_AT,
    at.toISOString()
  ])
}

function readKeys(file: string): Keys {
  const missing = `${file} is missing: every backup writes it, and without it nobody in the backup can be read.`
  if (!fs.existsSync(file)) throw new Error(`${missing} Put the newest one there, then try again.`)
  try {
    return Keys.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} does not hold customers’ keys`, { cause })
  }
}
