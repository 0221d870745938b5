/**
 * The way into an embedded database that a running server has: a Unix socket in the data folder, which speaks PostgreSQL's
 * own protocol. Whoever may read the data folder may use it; nobody comes in over the network.
 */
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { dirname, join, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Log } from '../scope.ts'

/** Names the socket as PostgreSQL does, so that `psql -h data/door` finds it too. */
const PORT = 5432
/** How long a command waits for its turn. */
const TURN_MS = 30_000
const KNOCK_MS = 5_000

export interface DoorOptions {
  /** Makes a connection to the database, for the one who came in. */
  readonly connect: () => Duplex
  readonly log?: Log | undefined
}

/** The folder of the socket, beside the database's. */
function doorFolder(folder: string): string {
  return join(dirname(resolve(folder)), 'door')
}

function socketOf(folder: string): string {
  return join(doorFolder(folder), `.s.PGSQL.${PORT}`)
}

/**
 * Opens the door of a database folder that this process has locked; undefined where there can be none (Windows, a path too
 * long for a socket, a file system without sockets): commands then need the server stopped.
 */
export async function openDoor(folder: string, { connect, log }: DoorOptions) {
  if (process.platform === 'win32') return undefined
  const visitors = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    visitors.add(socket)
    letIn(socket, connect())
    socket.once('close', () => visitors.delete(socket))
  })
  try {
    await listen(server, folder)
  } catch (error) {
    log?.warn(
      'Commands such as npm run db -- backup need the server stopped: no socket can be made in the data folder',
      {
        error
      }
    )
    return undefined
  }
  return {
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of visitors) socket.destroy()
      await closed
    }
  }
}

/** Only the owner may enter the folder, so that nobody else reaches the socket, not even at the moment it is made. */
async function listen(server: net.Server, folder: string): Promise<void> {
  fs.mkdirSync(doorFolder(folder), { recursive: true, mode: 0o700 })
  fs.chmodSync(doorFolder(folder), 0o700)
  // A server that was killed leaves its socket; the folder's lock says that there is no other.
  fs.rmSync(socketOf(folder), { force: true })
  server.listen(socketOf(folder))
  await once(server, 'listening')
}

/** Either end's end, or fault, is the other's. */
function letIn(socket: net.Socket, stream: Duplex): void {
  socket.pipe(stream).pipe(socket)
  socket.on('error', () => stream.destroy()).on('close', () => stream.destroy())
  stream.on('error', () => socket.destroy()).on('close', () => socket.destroy())
}

/** A pool with one connection through the door of a running server; undefined when none has this folder's door open. */
export async function visitorPool(folder: string): Promise<pg.Pool | undefined> {
  if (!(await isOpen(folder))) return undefined
  const pool = new pg.Pool({
    host: doorFolder(folder),
    port: PORT,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: TURN_MS
  })
  // Without a listener the loss of an idle connection would end the process; the next query reports it anyway.
  pool.on('error', () => {})
  return pool
}

/** Whether a server listens: a socket file alone may be that of one that was killed. */
async function isOpen(folder: string): Promise<boolean> {
  if (!fs.existsSync(socketOf(folder))) return false
  const socket = net.connect(socketOf(folder))
  socket.setTimeout(KNOCK_MS, () => socket.destroy(new Error('No answer')))
  return once(socket, 'connect')
    .then(() => true)
    .catch(() => false)
    .finally(() => socket.destroy())
}
