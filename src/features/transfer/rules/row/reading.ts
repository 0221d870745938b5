import type { Layout } from '../mapping.ts'
import type { MomentReader } from '../moment.ts'

/** How rows of one file are read. */
export interface RowReading {
  readonly layout: Layout
  readonly moment: MomentReader
  readonly now: Date
}

const EARLIEST = Date.UTC(1990, 0, 1)
/** Clocks are wrong by hours, not by more. */
const AHEAD_MS = 86_400_000

/** What is wrong with a moment that is far from any business. */
export function rangeFault(at: Date, now: Date): 'too_early' | 'too_late' | undefined {
  if (at.getTime() < EARLIEST) return 'too_early'
  return at.getTime() > now.getTime() + AHEAD_MS ? 'too_late' : undefined
}
