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
