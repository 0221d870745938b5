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
 * Takes the keys out of a copy of an embedded database that nobody else uses, so that none of their bytes is left in its
 * folder, and notes in it when that was. Opened with `keepsJournal: false`, and all of it is on disk afterwards.
 */
export async function takeKeys(pg: PGlite, copy: string, at: Date): Promise<Keys> {
  const madeAt = at.toISOString()
  // What lies ready to be written over still holds what was written in it before.
  await keepOnlyJournal(pg, copy)
  if (!(await hasKeys(pg))) return { madeAt, keys: [] }
  const { rows } = await pg.query('SELECT id, customer_id, made_for, key_sealed FROM customer_key')
  await pg.query(`INSERT INTO setting VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2`, [MADE_AT, madeAt])
  await pg.exec('DELETE FROM customer_key')
  await pg.exec('VACUUM FULL customer_key')
  await pg.exec('SELECT pg_switch_wal()')
  await keepOnlyJournal(pg, copy)
  return Keys.parse({ madeAt, keys: rows })
}

/** A database that was not migrated yet since customers have keys of their own. */
async function hasKeys(pg: PGlite): Promise<boolean> {
  const { rows } = await pg.query<{ there: boolean }>(`SELECT to_regclass('customer_key') IS NOT NULL AS there`)
  return rows[0]?.there ?? false
}

/** Leaves the file of the journal (WAL) that is written now: after a checkpoint nothing in the others is needed. */
async function keepOnlyJournal(pg: PGlite, copy: string): Promise<void> {
  await pg.exec('CHECKPOINT')
  const { rows } = await pg.query<{ name: string }>('SELECT pg_walfile_name(pg_current_wal_lsn()) AS name')
  const folder = join(copy, 'pg_wal')
  for (const name of fs.readdirSync(folder))
    if (/^[0-9A-F]{24}$/.test(name) && name !== rows[0]?.name) fs.rmSync(join(folder, name))
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
