import { type Interval, Z_95 } from '../../../core/interval.ts'

export interface NpsCounts {
  /** Scores 9 and 10. */
  readonly promoters: number
  /** Scores 7 and 8. */
  readonly passives: number
  /** Scores 0 to 6. */
  readonly detractors: number
}

/** Net promoter score, −100…100; null without answers. Source: Reichheld 2003. */
export function nps({ promoters, passives, detractors }: NpsCounts): number | null {
  const n = promoters + passives + detractors
  return n === 0 ? null : (100 * (promoters - detractors)) / n
}

/**
 * Its 95 % interval, within −100…100. Three imaginary answers (¾ promoter, 1½ passive, ¾ detractor) keep it honest when
 * answers are few or all alike. Source: Rocks 2016, "Interval estimation for the Net Promoter Score", adjusted Wald.
 */
export function npsInterval(counts: NpsCounts): Interval | undefined {
  if (nps(counts) === null) return undefined
  const promoters = counts.promoters + 0.75
  const detractors = counts.detractors + 0.75
  const n = promoters + detractors + counts.passives + 1.5
  const score = (promoters - detractors) / n
  const half = Z_95 * Math.sqrt(((promoters + detractors) / n - score ** 2) / n)
  return { low: Math.max(-100, 100 * (score - half)), high: Math.min(100, 100 * (score + half)) }
}
