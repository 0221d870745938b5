import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Log } from '../scope.ts'
import { openDoor } from './door.ts'
import { EmbeddedStream } from './embedded-stream.ts'
import type { ThreadRequest } from './embedded-thread.ts'
import { pgliteCode } from './pglite-code.ts'
import type { PglitePlace } from './pglite-open.ts'
import { SESSION_SECONDS } from './statement-names.ts'

export interface EmbeddedPostgres {
  /** The ordinary pg pool with one connection: PGlite has a single session, so transactions take turns. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface EmbeddedOptions extends PglitePlace {
  /** Called once when the database can do no more (its thread died, or hangs): end the process, data on disk is safe. */
  readonly onFatal?: ((error: Error) => void) | undefined
  /** A statement without an answer for so long means that the database hangs. */
  readonly hangMs?: number
  /** Whether commands may come in while this process has the folder: see door.ts. Default false. */
  readonly door?: boolean | undefined
  readonly log?: Log | undefined
}

const HANG_MS = 60_000
const CLOSE_MS = 10_000
/** How long work waits for its turn on the one connection. */
const TURN_MS = 30_000

/** Starts the embedded PostgreSQL in a thread of its own; without a folder it lives in memory. Fails when the folder is in use. */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const { folder, template } = options
  const workerData = { folder, template, code: await pgliteCode() }
  const worker = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData })
  await started(worker)
  const link = new Link(worker, options)
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    idleTimeoutMillis: 0,
    maxLifetimeSeconds: SESSION_SECONDS,
    connectionTimeoutMillis: TURN_MS,
    // pg's types know only sockets; it needs no more of one than EmbeddedStream has.
    stream: (() => link.open()) as NonNullable<pg.PoolConfig['stream']>
  })
  // Without a listener the loss of an idle connection would end the process; the next query reports it anyway.
  pool.on('error', () => {})
  const door =
    options.door && folder ? await openDoor(folder, { connect: () => link.open(true), log: options.log }) : undefined
  return {
    pool,
    async close() {
      await door?.close()
      await link.close(pool)
    }
  }
}

/** The way to the thread: what goes wrong with it reaches every open connection at once, and later ones immediately. */
class Link {
  readonly #worker: Worker
  readonly #options: EmbeddedOptions
  readonly #streams = new Set<EmbeddedStream>()
  #end: Error | undefined
  #closed: Promise<void> | undefined

  constructor(worker: Worker, options: EmbeddedOptions) {
    this.#worker = worker
    this.#options = options
    worker.on('error', (error) => this.#fail(`stopped: ${error instanceof Error ? error.message : String(error)}`))
    worker.on('exit', () => this.#fail('stopped'))
  }

  open(guest = false): EmbeddedStream {
    const stream = new EmbeddedStream({
      attach: (port) => this.#worker.postMessage({ type: 'connect', port, guest } satisfies ThreadRequest, [port]),
      hangMs: this.#options.hangMs ?? HANG_MS,
      onHang: () => this.#fail('does not answer any more (is the disk full?)')
    })
    if (this.#end) stream.destroy(this.#end)
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    return stream
  }

  close(pool: pg.Pool): Promise<void> {
    this.#closed ??= this.#close(pool)
    return this.#closed
  }

  async #close(pool: pg.Pool): Promise<void> {
    await within(CLOSE_MS, pool.end())
    if (this.#end) return
    this.#end = new Error('The embedded database is closed')
    const gone = once(this.#worker, 'exit')
    this.#worker.postMessage({ type: 'close' } satisfies ThreadRequest)
    await within(CLOSE_MS, gone)
    await this.#worker.terminate()
  }

  #fail(what: string): void {
    if (this.#end) return
    const error = new Error(`The embedded database ${what}`)
    this.#end = error
    for (const stream of this.#streams) stream.destroy(error)
    void this.#worker.terminate()
    this.#options.onFatal?.(error)
  }
}

async function started(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stopped = () => reject(new Error('The embedded database stopped while it was starting'))
  worker
    .once('message', () => resolve())
    .once('error', reject)
    .once('exit', stopped)
  await promise.finally(() => worker.off('error', reject).off('exit', stopped))
}

/** Waits for the end of the work, but not longer: what hangs must not keep the process from ending. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
