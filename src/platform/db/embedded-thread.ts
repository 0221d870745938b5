/** Worker thread that owns the embedded PostgreSQL (PGlite): long queries never hold up the server's event loop. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ThreadAnswer } from './embedded-stream.ts'
import { Turns } from './embedded-turns.ts'
import { openPglite, type PglitePlace } from './pglite-open.ts'

/**
 * What the thread is asked: to serve a new connection's wire protocol on a port, or to close. The process itself has one
 * connection at a time, commands (guests) as many as there are.
 */
export type ThreadRequest = { type: 'connect'; port: MessagePort; guest: boolean } | { type: 'close' }

/** A command that keeps the one session for longer is cut off, as the server does with a transaction of its own. */
const GUEST_HOLD_MS = 20_000

const main = parentPort
if (!main) throw new Error('embedded-thread.ts must run as a worker thread')

const { pg, close } = await openPglite(workerData as PglitePlace)

let host: MessagePort | undefined
const turns = new Turns<MessagePort>({
  holdMs: (port) => (port === host || port === main ? undefined : GUEST_HOLD_MS),
  onHeld: (port) => port.close(),
  async undo() {
    if (pg.isInTransaction()) await pg.exec('ROLLBACK')
  },
  onFault: endThread
})

function serve(port: MessagePort, guest: boolean): void {
  if (!guest) {
    // A new one means that the one before is gone, whether or not we heard it close.
    if (host) turns.leave(host)
    host = port
    // What it prepared would be in the way.
    turns.ask(port, async () => {
      await pg.exec('DEALLOCATE ALL')
      return true
    })
  }
  const answer = (data: ThreadAnswer) => port.postMessage(data)
  port.on('message', (bytes: Uint8Array) => turns.ask(port, () => carryOut(bytes, answer)))
  port.on('close', () => turns.leave(port))
}

async function carryOut(bytes: Uint8Array, answer: (data: ThreadAnswer) => void): Promise<boolean> {
  let end: Uint8Array = new Uint8Array()
  await pg.execProtocolRawStream(bytes, {
    onRawData(data) {
      const own = data.slice()
      end = own.length < READY_BYTES ? Buffer.concat([end, own]).subarray(-READY_BYTES) : own.subarray(-READY_BYTES)
      answer(own)
    }
  })
  answer('done')
  return end[0] === READY && !pg.isInTransaction()
}

/** ReadyForQuery, the last message of an answer: its type, its length, and whether a transaction is open. */
const READY = 0x5a
const READY_BYTES = 6

/** A fault of a statement is an ordinary answer; what throws instead leaves the database broken. */
function endThread(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}

main.on('message', (request: ThreadRequest) => {
  if (request.type === 'connect') return serve(request.port, request.guest)
  turns.ask(main, async () => {
    await close().finally(() => main.close())
    return true
  })
})
main.postMessage('ready')
