import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'

const IDLE_LOOK_MS = 100

type Answer = (request: Request, env?: unknown) => Response | Promise<Response>

export interface Server {
  /** The port it listens on: the one asked for, or a free one when that was 0. */
  readonly port: number
  /** Takes no new requests and waits for those under way; cut off after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Serves HTTP on Node. Fails with what to do when the port is taken. */
export async function serveHttp(fetch: Answer, at: { port: number; host: string }): Promise<Server> {
  const server = createAdaptorServer({ fetch })
  await listen(server, at)
  const { port } = server.address() as AddressInfo
  return { port, close: (graceMs) => close(server, graceMs) }
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
