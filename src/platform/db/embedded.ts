import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { EmbeddedStream } from './embedded-stream.ts'
import type { ThreadRequest } from './embedded-thread.ts'

export interface EmbeddedPostgres {
  /** The ordinary pg pool with one connection: PGlite has a single session, so transactions take turns. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Starts the embedded PostgreSQL in a thread of its own; without a folder it lives in memory. Fails when the folder is in use. */
export async function startEmbedded(folder?: string): Promise<EmbeddedPostgres> {
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: { folder } })
  await Promise.race([once(worker, 'message'), failure(worker)])
  const attach = (port: import('node:worker_threads').MessagePort) =>
    worker.postMessage({ type: 'connect', port } satisfies ThreadRequest, [port])
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    idleTimeoutMillis: 0,
    // pg's types know only sockets; it needs no more of one than EmbeddedStream has.
    stream: (() => new EmbeddedStream(attach)) as NonNullable<pg.PoolConfig['stream']>
  })
  return {
    pool,
    async close() {
      await pool.end()
      const gone = once(worker, 'exit')
      worker.postMessage({ type: 'close' } satisfies ThreadRequest)
      await gone
    }
  }
}

async function failure(worker: Worker): Promise<never> {
  const [error] = await once(worker, 'error')
  throw error
}
