import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createFolder, lockFolder, openPglite } from './pglite-open.ts'
import { syncPath } from './sync-files.ts'

/**
 * Saves the embedded database of a folder as one file (tar, or tar.gz), which appears whole or not at all and which only
 * its owner may read. Nobody else may have the folder open: the copy is of one moment.
 */
export async function saveFolder(folder: string, file: string, compression: 'none' | 'gzip'): Promise<void> {
  const { pg, close } = await openPglite({ folder })
  const fresh = `${file}.${randomBytes(4).toString('hex')}`
  try {
    await pg.exec('CHECKPOINT')
    const tar = await pg.dumpDataDir(compression)
    fs.writeFileSync(fresh, Buffer.from(await tar.arrayBuffer()), { mode: 0o600 })
    syncPath(fresh)
    fs.renameSync(fresh, file)
    syncPath(dirname(resolve(file)))
  } finally {
    fs.rmSync(fresh, { force: true })
    await close()
  }
}

/** What became of a restored folder's predecessor. */
export interface Restored {
  /** Where the data that was there before is now; undefined when there was none. */
  readonly previous: string | undefined
}

/**
 * Puts a saved database into a folder. What was there is moved aside, never deleted, and stays in place when the file
 * turns out not to hold a database.
 */
export async function restoreFolder(file: string, folder: string, at: Date): Promise<Restored> {
  const path = resolve(folder)
  const lock = lockFolder(path)
  const ready = `${path}.restored`
  try {
    await unpack(file, ready)
    const previous = fs.existsSync(path)
      ? `${path}.before-${at.toISOString().replace(/\D/g, '').slice(0, 14)}`
      : undefined
    if (previous) fs.renameSync(path, previous)
    fs.renameSync(ready, path)
    syncPath(dirname(path))
    return { previous }
  } finally {
    lock.close()
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
