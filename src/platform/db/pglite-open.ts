/** PGlite on a folder, made safe: real fsync (PGlite itself never syncs), and one process at a time (PGlite has no lock). */
import fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

const DURABLE = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']

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

/** Where the data lives: a folder, or memory, which may begin as a template file says (see `writeTemplate`). */
export interface PglitePlace {
  readonly folder?: string | undefined
  readonly template?: string | undefined
}

export interface OpenPglite {
  readonly pg: PGlite
  close(): Promise<void>
}

/** Opens the embedded PostgreSQL. Fails when another process has the folder. */
export async function openPglite({ folder, template }: PglitePlace): Promise<OpenPglite> {
  if (folder) return openFolder(resolve(folder))
  const pg = await PGlite.create(template ? { loadDataDir: new Blob([fs.readFileSync(template)]) } : {})
  return { pg, close: () => pg.close() }
}

/** Saves a closed database folder as one file, from which databases in memory start several times faster (tests). */
export async function writeTemplate(folder: string, file: string): Promise<void> {
  const { pg, close } = await openFolder(resolve(folder))
  const tar = await pg.dumpDataDir('none')
  fs.writeFileSync(file, Buffer.from(await tar.arrayBuffer()))
  await close()
}

async function openFolder(folder: string): Promise<OpenPglite> {
  const lock = lockFolder(folder)
  try {
    if (!fs.existsSync(`${folder}/PG_VERSION`)) await createCluster(folder)
    const startParams = [...PGlite.defaultStartParams.filter((param) => param !== '-F'), ...DURABLE]
    const pg = await PGlite.create({ fs: new DurableNodeFS(folder), startParams })
    return { pg, close: () => pg.close().finally(() => lock.close()) }
  } catch (error) {
    lock.close()
    throw error
  }
}

/** Takes the folder for this process. The kernel frees an SQLite lock when the process dies, however it dies. */
function lockFolder(folder: string): DatabaseSync {
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

/** initdb would sync every file it writes: create the cluster fast beside its place, then move it there in one step. */
async function createCluster(folder: string): Promise<void> {
  const fresh = `${folder}.new`
  fs.rmSync(fresh, { recursive: true, force: true })
  const pg = await PGlite.create(fresh)
  await pg.close()
  syncTree(fresh)
  fs.renameSync(fresh, folder)
  syncPath(dirname(folder))
}

/** Later checkpoints sync only what changed since; what initdb wrote must be on the disk before anything relies on it. */
function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) syncPath(join(entry.parentPath, entry.name))
  }
  syncPath(folder)
}

function syncPath(path: string): void {
  const descriptor = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(descriptor)
  } catch (error) {
    // Some systems cannot sync a directory; a file must be.
    if (fs.fstatSync(descriptor).isFile()) throw error
  } finally {
    fs.closeSync(descriptor)
  }
}
