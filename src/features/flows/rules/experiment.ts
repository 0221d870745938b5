import { sha256Hex } from '../../../core/hash.ts'
import { type Interval, newcombe, type Share } from '../../../core/interval.ts'
import type { Facts } from './conditions.ts'
import type { Flow } from './schema.ts'

/** The arm of those who get nothing. */
export const HOLDOUT = 'holdout'
/** The name by which conditions ask for a customer's variant. */
export const VARIANT = 'variant'

type Experiment = Pick<Flow, 'id' | 'holdout' | 'variants'>

/**
 * Where a customer stands in a flow's experiment: HOLDOUT, the id of a variant, or "" when nothing is compared. Fixed by two
 * hashes of flow and customer, so that editing texts, or the share of the holdout, moves nobody from one variant to another.
 */
export function armOf({ id, holdout = 0, variants = {} }: Experiment, customerId: string): string {
  if (place(`${HOLDOUT}:${id}`, customerId) < holdout) return HOLDOUT
  // As published flows have them: in the order of their names.
  const weighed = Object.entries(variants).sort(([one], [other]) => (one < other ? -1 : 1))
  const total = weighed.reduce((sum, [, weight]) => sum + weight, 0)
  let left = place(`${VARIANT}:${id}`, customerId) * total
  for (const [variant, weight] of weighed) {
    left -= weight
    if (left < 0) return variant
  }
  return weighed.at(-1)?.[0] ?? ''
}

/** What a run knows of its arm from the start. */
export function factsOf(arm: string): Facts {
  return arm === '' || arm === HOLDOUT ? {} : { [VARIANT]: arm }
}

/** The share of those who enter that each arm should have, by arm; they sum to 1. */
export function sharesOf({ holdout = 0, variants = {} }: Experiment): ReadonlyMap<string, number> {
  const weights = Object.entries(variants)
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const treated: [string, number][] =
    total > 0 ? weights.map(([variant, weight]) => [variant, ((1 - holdout) * weight) / total]) : [['', 1 - holdout]]
  return new Map(holdout > 0 ? [...treated, [HOLDOUT, holdout]] : treated)
}

/** What an arm came to: how many entered, and how many of them reached the goal in time. */
export interface ArmCount {
  readonly arm: string
  readonly entered: number
  readonly reached: number
}

/** How one arm did beside the one it is compared with, in shares. */
export interface Comparison {
  readonly arm: string
  readonly against: string
  readonly difference: number
  /** 95 %; it holds 0 as long as the difference may be chance. */
  readonly interval: Interval
}

/** Each arm against the holdout; without one, each variant against the first. Arms without anybody are left out. */
export function compareArms(counts: readonly ArmCount[]): Comparison[] {
  const sorted = [...counts].sort((one, other) => (one.arm < other.arm ? -1 : 1))
  const base = sorted.find(({ arm }) => arm === HOLDOUT) ?? sorted[0]
  if (!base) return []
  return sorted.flatMap((count) => {
    const interval = count === base ? undefined : newcombe(shareOf(count), shareOf(base))
    if (!interval) return []
    const difference = count.reached / count.entered - base.reached / base.entered
    return [{ arm: count.arm, against: base.arm, difference, interval }]
  })
}

/** Upper 0.1 % points of the χ² distribution, for 1 to 10 degrees of freedom. Source: any table of it. */
const CHI_SQUARE_999 = [10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877, 29.588]

/**
 * Whether as many entered each arm as should have: false = so uneven that chance would do it once in a thousand times, and
 * the comparison is not to be trusted (sample ratio mismatch, χ² test). Small numbers pass.
 */
export function isEven(experiment: Experiment, counts: readonly ArmCount[]): boolean {
  const shares = sharesOf(experiment)
  const inShares = counts.filter(({ arm }) => shares.has(arm))
  const entered = inShares.reduce((sum, count) => sum + count.entered, 0)
  const expected = [...shares].map(([arm, share]) => ({ arm, n: entered * share }))
  // The usual rule: below five expected the test says nothing.
  if (expected.some(({ n }) => n < 5)) return true
  const chi = expected.reduce((sum, { arm, n }) => {
    const observed = inShares.find((count) => count.arm === arm)?.entered ?? 0
    return sum + (observed - n) ** 2 / n
  }, 0)
  return chi <= (CHI_SQUARE_999[expected.length - 2] ?? Number.POSITIVE_INFINITY)
}

function shareOf({ reached, entered }: ArmCount): Share {
  return { successes: reached, n: entered }
}

/** A number in [0, 1) from the first 48 bits of a hash. */
function place(salt: string, customerId: string): number {
  return Number.parseInt(sha256Hex(`${salt}:${customerId}`).slice(0, 12), 16) / 2 ** 48
}
