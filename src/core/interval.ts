/** The 97.5th percentile of the normal distribution: two-sided 95 %. */
export const Z_95 = 1.959963984540054

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's 95 % score interval of a share, 0–1; undefined without any. Source: Wilson 1927. */
export function wilson(successes: number, n: number): Interval | undefined {
  if (n === 0) return undefined
  const share = successes / n
  const spread = Z_95 ** 2 / n
  const centre = (share + spread / 2) / (1 + spread)
  const half = (Z_95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** How many of `n` succeeded. */
export interface Share {
  readonly successes: number
  readonly n: number
}

/**
 * The 95 % interval of the difference of two independent shares, `one` minus `other`, −1–1; undefined when one of them is of
 * nobody. Source: Newcombe 1998, method 10 (from the two score intervals).
 */
export function newcombe(one: Share, other: Share): Interval | undefined {
  const [a, b] = [wilson(one.successes, one.n), wilson(other.successes, other.n)]
  if (!a || !b) return undefined
  const [p, q] = [one.successes / one.n, other.successes / other.n]
  return { low: p - q - Math.hypot(p - a.low, b.high - q), high: p - q + Math.hypot(a.high - p, q - b.low) }
}
