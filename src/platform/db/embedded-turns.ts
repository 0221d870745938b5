/** What a connection asks of the session. True = the session is free for others afterwards (no batch, no transaction open). */
export type Step = () => Promise<boolean>

export interface TurnsOptions<Connection> {
  /** How long a connection may keep the session from others: no longer than `onHeld` allows it to go on. */
  readonly holdMs: (connection: Connection) => number | undefined
  /** Called when a connection holds the session for longer; nothing of it is being carried out. It must leave. */
  readonly onHeld: (connection: Connection) => void
  /** Undoes what a connection that left had open. */
  readonly undo: () => Promise<void>
  /** The session is broken. */
  readonly onFault: (error: unknown) => void
}

interface Asked<Connection> {
  readonly by: Connection
  readonly step: Step
}

/**
 * One session shared by several connections: steps are carried out one after another, in the order in which they were asked
 * for, except that a connection in the middle of a transaction has the session to itself until it is through or has left.
 */
export class Turns<Connection> {
  readonly #options: TurnsOptions<Connection>
  #asked: Asked<Connection>[] = []
  #holder: Connection | undefined
  #timer: NodeJS.Timeout | undefined
  #isHeldTooLong = false
  #mustUndo = false
  #busy = false

  constructor(options: TurnsOptions<Connection>) {
    this.#options = options
  }

  ask(by: Connection, step: Step): void {
    this.#asked.push({ by, step })
    void this.#goOn()
  }

  /** The connection is gone: what it asked for and was not begun is forgotten, what it had open is undone. */
  leave(connection: Connection): void {
    this.#asked = this.#asked.filter(({ by }) => by !== connection)
    if (this.#holder !== connection) return
    this.#mustUndo = true
    this.#hold(undefined)
    void this.#goOn()
  }

  async #goOn(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      for (let step = this.#next(); step; step = this.#next()) await step()
    } catch (error) {
      // Stays busy: a broken session carries out nothing more.
      this.#options.onFault(error)
      return
    }
    this.#busy = false
    if (this.#isHeldTooLong && this.#holder !== undefined) this.#options.onHeld(this.#holder)
  }

  #next(): (() => Promise<void>) | undefined {
    if (this.#mustUndo) {
      this.#mustUndo = false
      return this.#options.undo
    }
    if (this.#isHeldTooLong) return undefined
    const holder = this.#holder
    const at = holder === undefined ? 0 : this.#asked.findIndex(({ by }) => by === holder)
    const [next] = at < 0 ? [] : this.#asked.splice(at, 1)
    return next && (() => this.#carryOut(next))
  }

  async #carryOut({ by, step }: Asked<Connection>): Promise<void> {
    // Held from the beginning: whoever leaves meanwhile may leave something open.
    if (this.#holder === undefined) this.#hold(by)
    const isFree = await step()
    if (isFree && this.#holder === by) this.#hold(undefined)
  }

  #hold(by: Connection | undefined): void {
    clearTimeout(this.#timer)
    this.#holder = by
    this.#isHeldTooLong = false
    const holdMs = by === undefined ? undefined : this.#options.holdMs(by)
    if (holdMs !== undefined) this.#timer = setTimeout(() => this.#heldTooLong(), holdMs).unref()
  }

  #heldTooLong(): void {
    this.#isHeldTooLong = true
    void this.#goOn()
  }
}
