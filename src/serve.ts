import type { ServerOptions } from 'node:http'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { portOf } from './platform/http/index.ts'

const IDLE_LOOK_MS = 100

/** How long a client may take, in milliseconds. */
const PATIENCE = {
  /** For a request's headers, and for all of it: LINE and Slack send theirs at once, and each waiting one costs memory. */
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than proxies keep an idle connection (60 s as a rule): closing it first would meet a webhook on its way. */
  keepAliveTimeout: 75_000
} as const

type Answer = (request: Request, env?: unknown) => Response | Promise<Response>

export interface Server {
  /** The port it listens on: the one asked for, or a free one when that was 0. */
  readonly port: number
  /** Takes no new requests and waits for those under way; cut off after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Serves HTTP on Node. Fails with what to do when the port is taken. */
export async function serveHttp(
  fetch: Answer,
  at: { port: number; host: string },
  patience: ServerOptions = PATIENCE
): Promise<Server> {
  const server = createAdaptorServer({ fetch, serverOptions: patience })
  await listen(server, at)
  return { port: portOf(server), close: (graceMs) => close(server, graceMs) }
}

function listen(server: ServerType, { port, host }: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, port)))
    server.listen(port, host, () => resolve())
  })
}

function explained(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`Port ${port} is taken. Stop what uses it, or choose another one: PORT=${port + 1} npm start`, {
    cause: error
  })
}

function close(server: ServerType, graceMs: number): Promise<void> {
  // A connection whose answer was under way is idle only once that has been sent.
  const hangUp = () => 'closeIdleConnections' in server && server.closeIdleConnections()
  return new Promise((resolve) => {
    const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs)
    const idle = setInterval(hangUp, IDLE_LOOK_MS)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(idle)
      resolve()
    })
    hangUp()
  })
}
