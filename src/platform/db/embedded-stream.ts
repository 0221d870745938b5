/** The socket of a pg client, except that it leads to the embedded PostgreSQL's thread instead of the network. */
import { Duplex } from 'node:stream'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

const TERMINATE = 0x58

/** What the thread sends: the database's answer, or that it has finished with one request. */
export type ThreadAnswer = Uint8Array | 'done'

export interface EmbeddedStreamOptions {
  /** Gives the other end to the thread. */
  readonly attach: (port: MessagePort) => void
  readonly hangMs: number
  /** Called when a request stays without an answer for `hangMs`. */
  readonly onHang: () => void
}

/**
 * Carries PostgreSQL's wire protocol over a message port. Only whole frontend messages are passed on (PGlite does not
 * put halves together), so a chunk's unfinished tail waits here for the next chunk.
 */
export class EmbeddedStream extends Duplex {
  readonly #port: MessagePort
  readonly #options: EmbeddedStreamOptions
  #tail: Buffer = Buffer.alloc(0)
  #started = false
  #unanswered = 0
  #watch: NodeJS.Timeout | undefined

  constructor(options: EmbeddedStreamOptions) {
    super()
    this.#options = options
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.on('message', (answer: ThreadAnswer) => {
      if (answer === 'done') this.#unanswered -= 1
      else this.push(answer)
      this.#watchAnswers()
    })
    port1.on('close', () => this.destroy())
    options.attach(port2)
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
    clearTimeout(this.#watch)
    this.#port.close()
    done(error)
  }

  #forward(chunk: Buffer): void {
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk
    const whole = this.#wholeMessages(bytes)
    this.#tail = bytes.subarray(whole)
    if (whole === 0 || bytes[0] === TERMINATE) return
    this.#port.postMessage(new Uint8Array(bytes.subarray(0, whole)))
    this.#unanswered += 1
    this.#watchAnswers()
  }

  /** Every sign of life starts the wait anew. */
  #watchAnswers(): void {
    clearTimeout(this.#watch)
    if (this.#unanswered > 0) this.#watch = setTimeout(this.#options.onHang, this.#options.hangMs).unref()
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
