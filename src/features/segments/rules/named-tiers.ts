import { listOf, partsOf } from './conditions.ts'
import type { Condition } from './schema.ts'

/** A tier that a condition names, and where. */
export interface NamedTier {
  readonly tier: string
  readonly at: readonly (string | number)[]
}

/** The tiers that a condition names, whatever holds it. */
export function namedTiers(condition: Condition, at: readonly (string | number)[]): NamedTier[] {
  const parted = partsOf(condition)
  if (parted.join === 'not') return parted.parts.flatMap((part) => namedTiers(part, [...at, 'not']))
  if (parted.join !== 'leaf')
    return parted.parts.flatMap((part, index) => namedTiers(part, [...at, parted.join, index]))
  const { leaf } = parted
  return 'tier' in leaf ? listOf(leaf.tier).map((tier) => ({ tier, at: [...at, 'tier'] })) : []
}
