/** Lets in a limited number of works at a time; the others wait their turn, first come first served. */
export interface Lanes {
  enter<T>(work: () => Promise<T>): Promise<T>
}

export function createLanes(count: number): Lanes {
  const queue: (() => void)[] = []
  let free = count
  return {
    async enter(work) {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => queue.push(resolve))
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next) next()
        else free += 1
      }
    }
  }
}

/** Where a pump gets its rows, and what it does with each. */
export interface PumpParts<Row> {
  /** How many rows may be in hand at once. */
  readonly capacity: number
  claim(count: number): Promise<readonly Row[]>
  /** Must settle the row itself, also when it fails. */
  process(row: Row): Promise<void>
  /** The claim or the settling of a row failed: the database is in trouble. */
  onFault(error: unknown): void
  /** Whether more of the row's key waited when it was claimed: they are free once it is settled. */
  isFollowed(row: Row): boolean
  /** Keeps the rows in hand from being taken for lost. */
  renew(rows: readonly Row[]): Promise<void>
}

/** Claims rows while there are any and works on several at once. */
export interface Pump {
  /** Looks for rows now; never throws. */
  wake(): void
  /**
   * Resolves when no row is due and none is in hand, or at the first row settled after `untilMs` (of performance.now());
   * how many were processed since the last time.
   */
  drained(untilMs?: number): Promise<number>
  /** Renews the leases of what is in hand; never throws. */
  renew(): Promise<void>
  /** Claims no more, and waits for what is in hand. */
  stop(): Promise<void>
}

/** A pump never claims more rows than it can start at once, so that a process that dies holds few. */
export function createPump<Row>(parts: PumpParts<Row>): Pump {
  const inHand = new Map<Promise<void>, Row>()
  let stopped = false
  let again = false
  let leftBehind = false
  let claiming: Promise<void> | undefined
  let processed = 0
  let wakes = 0

  function start(row: Row, wakesBefore: number): void {
    const running: Promise<void> = parts
      .process(row)
      .catch(parts.onFault)
      .then(() => {
        inHand.delete(running)
        processed += 1
        // Else nothing can have become free by it, and a look in vain costs the database as much as a small event.
        if (leftBehind || wakes > wakesBefore || parts.isFollowed(row)) look()
      })
    inHand.set(running, row)
  }

  async function claimWhileAny(): Promise<void> {
    do {
      again = false
      const room = parts.capacity - inHand.size
      leftBehind = room <= 0
      if (stopped || leftBehind) return
      const wakesBefore = wakes
      const rows = await parts.claim(room)
      for (const row of rows) start(row, wakesBefore)
      if (rows.length === room) again = true
    } while (again)
  }

  function wake(): void {
    wakes += 1
    look()
  }

  function look(): void {
    again = true
    if (claiming || stopped) return
    claiming = claimWhileAny()
      .catch(parts.onFault)
      .finally(() => {
        claiming = undefined
        if (again) look()
      })
  }

  const pending = () => [...(claiming ? [claiming] : []), ...inHand.keys()]

  return {
    wake,
    async drained(untilMs) {
      wake()
      await settled(pending, untilMs)
      const count = processed
      processed = 0
      return count
    },
    renew: () => parts.renew([...inHand.values()]).catch(parts.onFault),
    async stop() {
      stopped = true
      await settled(pending)
    }
  }
}

/** Waits until nothing is pending any more, or for the first that ends after `untilMs`. */
async function settled(pending: () => readonly Promise<void>[], untilMs = Number.POSITIVE_INFINITY): Promise<void> {
  for (let left = pending(); left.length > 0 && performance.now() < untilMs; left = pending()) await Promise.race(left)
}
