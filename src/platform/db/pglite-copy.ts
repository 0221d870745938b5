import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { keysFileBeside, takeKeys, writeKeys } from './backup-keys.ts'
import { createFolder, lockFolder, openPglite } from './pglite-open.ts'
import { syncPath } from './sync-files.ts'

const gzipped = promisify(gzip)
/** Four times as fast as the usual level, for a fifth more of room. */
const QUICK = 1

/**
 * Saves the embedded database of a folder as one file (tar), which appears whole or not at all and which only its owner may
 * read. Nobody else may have the folder open: the copy is of one moment.
 */
export async function saveFolder(folder: string, file: string): Promise<void> {
  const { pg, close } = await openPglite({ folder })
  await pg
    .exec('CHECKPOINT')
    .then(async () => putFile(file, await tarOf(pg)))
    .finally(close)
}

/** The folder of an open database. */
async function tarOf(pg: PGlite): Promise<Buffer> {
  return Buffer.from(await (await pg.dumpDataDir('none')).arrayBuffer())
}

function putFile(file: string, bytes: Uint8Array): void {
  const fresh = `${file}.${randomBytes(4).toString('hex')}`
  try {
    fs.writeFileSync(fresh, bytes, { mode: 0o600 })
    syncPath(fresh)
    fs.renameSync(fresh, file)
    syncPath(dirname(resolve(file)))
  } finally {
    fs.rmSync(fresh, { force: true })
  }
}

/**
 * Backs up an embedded database as one file, and customers' own keys apart from it, in the file of keys in the same folder
 * (see backup-keys.ts). A running server, reached through its door (`visitor`), waits while the files are copied, which
 * takes moments, and goes on while the copy is packed. Takes room for one more copy meanwhile.
 */
export async function saveBackup(
  folder: string,
  file: string,
  { visitor, at }: { readonly visitor: Pool | undefined; readonly at: Date }
): Promise<void> {
  const around = fs.mkdtempSync(`${resolve(folder)}-copy-`)
  try {
    const copy = join(around, 'postgres')
    const copying = () => fs.promises.cp(folder, copy, { recursive: true })
    await (visitor ? inPause(visitor, copying) : whileLocked(folder, copying))
    await packCopy(copy, file, at)
  } finally {
    fs.rmSync(around, { recursive: true, force: true })
  }
}

async function packCopy(copy: string, file: string, at: Date): Promise<void> {
  const { pg, close } = await openPglite({ folder: copy, keepsJournal: false })
  const pack = async () => {
    const keys = await takeKeys(pg, copy, at)
    // Before the backup: one without its keys would be of no use.
    writeKeys(keysFileBeside(file), keys)
    putFile(file, await gzipped(await tarOf(pg), { level: QUICK }))
  }
  await pack().finally(close)
}

async function whileLocked(folder: string, work: () => Promise<void>): Promise<void> {
  const lock = lockFolder(resolve(folder))
  await work().finally(() => lock.close())
}

/** Nobody else uses the database in the middle of a transaction, and after a checkpoint its files hold everything. */
async function inPause(visitor: Pool, work: () => Promise<void>): Promise<void> {
  const client = await visitor.connect()
  try {
    await client.query('BEGIN')
    await client.query('CHECKPOINT')
    await work()
    await client.query('ROLLBACK').catch((cause: unknown) => {
      throw new Error('The server went on before everything was copied: stop it, then try again', { cause })
    })
  } finally {
    // Not to be used again, whatever state it is in.
    client.release(true)
  }
}

/** What became of a restored folder's predecessor. */
export interface Restored {
  /** Where the data that was there before is now; undefined when there was none. */
  readonly previous: string | undefined
}

/**
 * Puts a saved database into a folder. What was there is moved aside, never deleted, and stays in place when the file
 * turns out not to hold a database, or when `check` of the folder that is ready to take its place throws.
 */
export async function restoreFolder(
  file: string,
  folder: string,
  { at, check }: { at: Date; check?: (ready: string) => Promise<void> }
): Promise<Restored> {
  const path = resolve(folder)
  const lock = lockFolder(path)
  const ready = `${path}.restored`
  try {
    await unpack(file, ready)
    await check?.(ready)
    const previous = fs.existsSync(path)
      ? `${path}.before-${at.toISOString().replace(/\D/g, '').slice(0, 14)}`
      : undefined
    if (previous) fs.renameSync(path, previous)
    fs.renameSync(ready, path)
    syncPath(dirname(path))
    return { previous }
  } finally {
    lock.close()
    for (const left of [ready, `${ready}.lock`]) fs.rmSync(left, { recursive: true, force: true })
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true })
  try {
    await createFolder(folder, new Blob([fs.readFileSync(file)]))
  } catch (cause) {
    throw new Error(`${file} does not hold a saved database; nothing was changed`, { cause })
  }
}
