import { daysBetween } from '../../../core/time.ts'

/** A customer's own rhythm, and how today compares with it. */
export interface Rhythm {
  readonly daysSince: number
  readonly gapMeanDays: number | undefined
  readonly gapSpreadDays: number | undefined
  /** Days since the last time ÷ the mean gap: above 1 = longer away than usual. Undefined without a mean gap. */
  readonly overdueRatio: number | undefined
}

interface Days {
  /** "2026-11-21"; undefined = they never came. */
  readonly lastDay: string | undefined
  readonly gapMeanDays: number | undefined
  readonly gapSpreadDays: number | undefined
}

/** How long a customer has been away, seen by their own rhythm; undefined when they never came. */
export function rhythmOf({ lastDay, gapMeanDays, gapSpreadDays }: Days, today: string): Rhythm | undefined {
  if (lastDay === undefined) return undefined
  const daysSince = Math.max(0, daysBetween(lastDay, today))
  const overdueRatio = gapMeanDays ? daysSince / gapMeanDays : undefined
  return { daysSince, gapMeanDays, gapSpreadDays, overdueRatio }
}
