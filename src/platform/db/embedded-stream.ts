/** The socket of a pg client, except that it leads to the embedded PostgreSQL's thread instead of the network. */
import { Duplex } from 'node:stream'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

const TERMINATE = 0x58

/**
 * Carries PostgreSQL's wire protocol over a message port. Only whole frontend messages are passed on (PGlite does not
 * put halves together), so a chunk's unfinished tail waits here for the next chunk.
 */
export class EmbeddedStream extends Duplex {
  readonly #port: MessagePort
  #tail: Buffer = Buffer.alloc(0)
  #started = false

  constructor(attach: (port: MessagePort) => void) {
    super()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.on('message', (data: Uint8Array | string) => {
      if (typeof data === 'string') this.destroy(new Error(data))
      else this.push(data)
    })
    attach(port2)
  }

  /** Called by pg as on a socket; there is no address to go to. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    this.#port.ref()
    return this
  }
  unref(): this {
    this.#port.unref()
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#forward(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.#forward(Buffer.concat(chunks.map((c) => c.chunk)))
    done()
  }

  override _final(done: (error?: Error) => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#port.close()
    done(error)
  }

  #forward(chunk: Buffer): void {
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk
    const whole = this.#wholeMessages(bytes)
    this.#tail = bytes.subarray(whole)
    if (whole === 0 || bytes[0] === TERMINATE) return
    this.#port.postMessage(new Uint8Array(bytes.subarray(0, whole)))
  }

  /** How many leading bytes are whole messages: int32 length first (start-up), then type byte + int32 length. */
  #wholeMessages(bytes: Buffer): number {
    let at = 0
    while (true) {
      const header = this.#started ? 1 : 0
      if (bytes.length - at < header + 4) return at
      const end = at + header + bytes.readInt32BE(at + header)
      if (bytes.length < end) return at
      this.#started = true
      at = end
    }
  }
}
