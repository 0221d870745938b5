/** PGlite on a folder, made safe: real fsync (PGlite itself never syncs), and one process at a time (PGlite has no lock). */
import fs from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { pgliteCode } from './pglite-code.ts'
import { syncPath, syncTree } from './sync-files.ts'

/** PGlite starts with -F, no syncing at all; what comes later on the command line wins. */
const DURABLE = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']
/** PostgreSQL's default of 128 MB stays resident once touched; what falls out of it is still in the system's own cache. */
const SMALL = ['-c', 'shared_buffers=32MB']

type EmscriptenModule = { NODEFS: { stream_ops: { fsync?: unknown } } }

/** Node's file system with an fsync that reaches the disk: Emscripten's own is a no-op. */
class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const made = await super.init(...args)
    const preRun = made.emscriptenOpts.preRun as ((module: EmscriptenModule) => void)[]
    preRun.push((module) => {
      module.NODEFS.stream_ops.fsync = (stream: { nfd: number }) => {
        fs.fdatasyncSync(stream.nfd)
        return 0
      }
    })
    return made
  }
}

/** Where the data lives: a folder, or memory, which may begin as a saved folder says (see `saveFolder`). */
export interface PglitePlace {
  readonly folder?: string | undefined
  readonly template?: string | undefined
  /** Whether files of the journal (WAL) are used again, as usual; else they are deleted with what is in them. Default true. */
  readonly keepsJournal?: boolean
}

export interface OpenPglite {
  readonly pg: PGlite
  close(): Promise<void>
}

/** Opens the embedded PostgreSQL. Fails when another process has the folder. */
export async function openPglite({ folder, template, keepsJournal = true }: PglitePlace): Promise<OpenPglite> {
  if (folder) return openFolder(resolve(folder), keepsJournal ? [] : ['-c', 'wal_recycle=off'])
  const begin = template ? { loadDataDir: new Blob([fs.readFileSync(template)]) } : {}
  const pg = await PGlite.create({ ...begin, ...(await pgliteCode()) })
  return { pg, close: () => pg.close() }
}

async function openFolder(folder: string, settings: readonly string[]): Promise<OpenPglite> {
  const lock = lockFolder(folder)
  try {
    if (!fs.existsSync(`${folder}/PG_VERSION`)) await createFolder(folder)
    const startParams = [...PGlite.defaultStartParams, ...DURABLE, ...SMALL, ...settings]
    const pg = await PGlite.create({ fs: new DurableNodeFS(folder), startParams, ...(await pgliteCode()) })
    return { pg, close: () => pg.close().finally(() => lock.close()) }
  } catch (error) {
    lock.close()
    throw error
  }
}

/**
 * Takes a database folder for this process; close the lock to give it back. Throws when another process has it. The kernel
 * frees an SQLite lock when the process dies, however it dies.
 */
export function lockFolder(folder: string): DatabaseSync {
  fs.mkdirSync(dirname(folder), { recursive: true })
  const lock = new DatabaseSync(`${folder}.lock`)
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch {
    lock.close()
    throw new Error(
      `${folder} is in use by another process. Stop that one first, or use a PostgreSQL server (DATABASE_URL) to run several.`
    )
  }
}

/**
 * Makes a database folder, empty or as a saved one says. Whole or not at all: it is made beside its place and moved there
 * in one step. Syncing once at the end is faster than letting initdb sync every file, and later checkpoints sync only
 * what changed since.
 */
export async function createFolder(folder: string, saved?: Blob): Promise<void> {
  const fresh = `${folder}.new`
  fs.rmSync(fresh, { recursive: true, force: true })
  try {
    const pg = await PGlite.create(fresh, { ...(saved ? { loadDataDir: saved } : {}), ...(await pgliteCode()) })
    await pg.close()
    syncTree(fresh)
    fs.renameSync(fresh, folder)
    syncPath(dirname(folder))
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true })
  }
}
