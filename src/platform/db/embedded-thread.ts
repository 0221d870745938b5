/** Worker thread that owns the embedded PostgreSQL (PGlite): long queries never hold up the server's event loop. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ThreadAnswer } from './embedded-stream.ts'
import { openPglite, type PglitePlace } from './pglite-open.ts'

/** What the thread is asked: to serve a new connection's wire protocol on a port, or to close. */
export type ThreadRequest = { type: 'connect'; port: MessagePort } | { type: 'close' }

const main = parentPort
if (!main) throw new Error('embedded-thread.ts must run as a worker thread')

const { pg, close } = await openPglite(workerData as PglitePlace)

// One thing after another, across connections: a new connection starts only after the old one's rollback.
let tail: Promise<unknown> = Promise.resolve()
function inTurn(work: () => Promise<unknown>): Promise<unknown> {
  tail = tail.then(work, work)
  return tail
}

let current: MessagePort | undefined

/** The pool has one connection at a time: a new one means that the one before is gone, whether or not we heard it close. */
function serve(port: MessagePort): void {
  current = port
  // What a vanished connection left open would swallow the next one's work, and what it prepared would be in its way.
  inTurn(async () => {
    if (pg.isInTransaction()) await pg.exec('ROLLBACK')
    await pg.exec('DEALLOCATE ALL')
  }).catch(endThread)
  const answer = (data: ThreadAnswer) => port.postMessage(data)
  port.on('message', (bytes: Uint8Array) => {
    if (port !== current) return
    inTurn(async () => {
      await pg.execProtocolRawStream(bytes, { onRawData: (data) => answer(data.slice()) })
      answer('done')
    }).catch(endThread)
  })
}

/** A fault of a statement is an ordinary answer; what throws instead leaves the database broken. */
function endThread(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}

main.on('message', (request: ThreadRequest) => {
  if (request.type === 'connect') serve(request.port)
  else void inTurn(close).finally(() => main.close())
})
main.postMessage('ready')
