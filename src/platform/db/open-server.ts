/** Opening a database on a PostgreSQL server, on Node and on Workers alike: nothing here needs a file or a thread. */
import pg from 'pg'
import type { Log } from '../scope.ts'
import type { FieldCipher } from './cipher.ts'
import { type Database, databaseOver } from './database.ts'

export interface ServerOptions {
  /** Default 10. Workers use one pool per request: 5 there. */
  readonly maxConnections?: number
  readonly log?: Log | undefined
}

const CONNECT_MS = 5_000
const STATEMENT_MS = 20_000
const LOCK_MS = 5_000
const IDLE_IN_TRANSACTION_MS = 30_000
/** A little later than the server's own limit: it ends what no answer comes for at all. */
const ANSWER_MS = STATEMENT_MS + 5_000

/** A pool whose sessions run in UTC (the adapter sends timestamps without a zone) and never wait for ever. */
export function serverPool(connectionString: string, { maxConnections = 10, log }: ServerOptions = {}): pg.Pool {
  const settings = {
    TimeZone: 'UTC',
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS
  }
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    application_name: 'matane'
  })
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => log?.warn('A database connection was lost; the next query opens another one', { error }))
  return pool
}

/** A database on a server whose migrations are already there (`npm run db -- deploy`). */
export function openServer(connectionString: string, cipher: FieldCipher, options: ServerOptions = {}): Database {
  const pool = serverPool(connectionString, options)
  return databaseOver(pool, cipher, () => pool.end())
}
