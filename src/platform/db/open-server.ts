/** Opening a database on a PostgreSQL server, on Node and on Workers alike: nothing here needs a file or a thread. */
import pg from 'pg'
import type { Log } from '../scope.ts'
import type { FieldCipher } from './cipher.ts'
import { type Database, databaseOver } from './database.ts'
import { SESSION_SECONDS } from './statement-names.ts'

export interface ServerOptions {
  /** Default 10. On Workers, where every request has a pool of its own, a few. */
  readonly maxConnections?: number
  /**
   * Whether a pooler (Hyperdrive, PgBouncer) lends a session for one transaction at a time. It refuses or forgets settings
   * of the session, so that none are sent: its time zone is then the role's (see utc.ts). Default false.
   */
  readonly pooled?: boolean
  readonly log?: Log | undefined
}

const CONNECT_MS = 5_000
const STATEMENT_MS = 20_000
const LOCK_MS = 5_000
const IDLE_IN_TRANSACTION_MS = 30_000
/** A little later than the server's own limit: it ends what no answer comes for at all. */
const ANSWER_MS = STATEMENT_MS + 5_000

const SESSION = {
  TimeZone: 'UTC',
  statement_timeout: STATEMENT_MS,
  // What is counted over all customers is hashed: with the usual 4 MB on disk, a fifth slower at a million of them.
  work_mem: '32MB',
  lock_timeout: LOCK_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS
} as const
const SESSION_OPTIONS = Object.entries(SESSION)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** A pool whose sessions run in UTC (the adapter sends timestamps without a zone) and never wait for ever. */
export function serverPool(connectionString: string, options: ServerOptions = {}): pg.Pool {
  const { maxConnections = 10, pooled = false, log } = options
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    // A Worker's pool lives as long as its request: what is idle meanwhile is closed with it, not before.
    ...(pooled ? { idleTimeoutMillis: 0 } : { options: SESSION_OPTIONS, maxLifetimeSeconds: SESSION_SECONDS }),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    application_name: 'matane'
  })
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => {
    // On Workers a socket complains when it is closed in order.
    if (!pool.ending) log?.warn('A database connection was lost; the next query opens another one', { error })
  })
  return pool
}

/** A database on a server whose migrations are already there (`npm run db -- deploy`). */
export function openServer(connectionString: string, cipher: FieldCipher, options: ServerOptions = {}): Database {
  const pool = serverPool(connectionString, options)
  return databaseOver(pool, cipher, { close: () => pool.end(), ownSessions: !options.pooled })
}
