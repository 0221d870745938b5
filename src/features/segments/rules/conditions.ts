import { sourceOf } from './figures.ts'
import type { Bounds, Condition, FigureLeaf, Leaf } from './schema.ts'

/** A condition taken apart: one that holds others, or a leaf. */
export type Parted =
  | { readonly join: 'all' | 'any' | 'not'; readonly parts: readonly Condition[] }
  | { readonly join: 'leaf'; readonly leaf: Leaf }

export function partsOf(condition: Condition): Parted {
  if ('all' in condition) return { join: 'all', parts: condition.all }
  if ('any' in condition) return { join: 'any', parts: condition.any }
  if ('not' in condition) return { join: 'not', parts: [condition.not] }
  return { join: 'leaf', leaf: condition }
}

/** One or several as a list. */
export function listOf<T extends string>(value: T | readonly T[]): readonly T[] {
  return typeof value === 'string' ? [value] : value
}

/** Whether a number is within bounds. */
function isWithin(value: number, { gte, lte, is }: Bounds): boolean {
  return (
    (gte === undefined || value >= gte) && (lte === undefined || value <= lte) && (is === undefined || value === is)
  )
}

/**
 * What a condition is for customers of whom no figures are kept: true, false, or undefined = it depends on other things.
 * Whoever asks for figures that nobody without them can have need not look at such customers.
 */
export function withoutFigures(condition: Condition): boolean | undefined {
  const parted = partsOf(condition)
  if (parted.join === 'leaf') return leafWithoutFigures(parted.leaf)
  const results = parted.parts.map(withoutFigures)
  if (parted.join === 'not') return results[0] === undefined ? undefined : !results[0]
  const decisive = parted.join === 'any'
  if (results.includes(decisive)) return decisive
  return results.includes(undefined) ? undefined : !decisive
}

function leafWithoutFigures(leaf: Leaf): boolean | undefined {
  if ('stage' in leaf || 'score' in leaf) return false
  return 'figure' in leaf ? figureOfNobody(leaf) : undefined
}

function figureOfNobody({ figure, known, top_percent, bottom_percent, ...bounds }: FigureLeaf): boolean | undefined {
  const source = sourceOf(figure)
  if (source.kind === 'since_instant' && source.of === 'customer') return undefined
  if (top_percent !== undefined || bottom_percent !== undefined) return false
  return source.kind === 'count' || source.kind === 'window' ? isWithin(0, bounds) : known === false
}
