/** A terminal's Ctrl-C and its copy that npm or a script passes on come within this long of one another. */
const ECHO_MS = 500

/** What signals lead to. */
export interface Stopping {
  /** Ends in order. */
  stop(): void
  /** Ends at once: somebody does not want to wait. */
  endNow(): void
  /** Real time, milliseconds. */
  nowMs(): number
}

/** What to do at each signal that asks to end: the first stops in order, a later one ends at once, an echo of the first does nothing. */
export function stopSignal({ stop, endNow, nowMs }: Stopping): () => void {
  let firstAtMs: number | undefined
  return () => {
    if (firstAtMs === undefined) {
      firstAtMs = nowMs()
      stop()
    } else if (nowMs() - firstAtMs >= ECHO_MS) endNow()
  }
}
