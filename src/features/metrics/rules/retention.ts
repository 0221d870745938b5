import { type Interval, wilson } from '../../../core/interval.ts'

export interface RetentionCounts {
  /** Customers active when the period began. */
  readonly atStart: number
  /** Those of them who were active when it ended. Newcomers and win-backs are not among them. */
  readonly kept: number
}

/** |start ∩ end| / |start|, 0–1; null when nobody was active at the start. */
export function retention({ atStart, kept }: RetentionCounts): number | null {
  return atStart === 0 ? null : kept / atStart
}

export function retentionInterval({ atStart, kept }: RetentionCounts): Interval | undefined {
  return wilson(kept, atStart)
}
