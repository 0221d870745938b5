/** PGlite on a folder, made safe: real fsync (PGlite itself never syncs), and one process at a time (PGlite has no lock). */
import fs from 'node:fs'
import { dirname, resolve } from 'node:path'
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
  fs.renameSync(fresh, folder)
}

/** Opens the embedded PostgreSQL; without a folder it lives in memory (tests). */
export async function openPglite(folder: string | undefined): Promise<{ pg: PGlite; close: () => Promise<void> }> {
  if (!folder) {
    const pg = await PGlite.create()
    return { pg, close: () => pg.close() }
  }
  const path = resolve(folder)
  const lock = lockFolder(path)
  if (!fs.existsSync(`${path}/PG_VERSION`)) await createCluster(path)
  const startParams = [...PGlite.defaultStartParams.filter((param) => param !== '-F'), ...DURABLE]
  const pg = await PGlite.create({ fs: new DurableNodeFS(path), startParams })
  return {
    pg,
    close: async () => {
      await pg.close()
      lock.close()
    }
  }
}
