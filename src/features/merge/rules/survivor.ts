/** What decides which of two customers the other becomes part of. */
export interface Standing {
  readonly id: string
  /** The kinds of their identities: "line", "pos", … */
  readonly kinds: readonly string[]
  readonly createdAt: Date
}

/**
 * Whoever is on LINE stays, so that what waits for them there goes on; then whoever is known by more than browsers; then
 * the one known longer. Ids decide between equals, so that it does not matter who is named first.
 */
export function chooseSurvivor(one: Standing, other: Standing): { from: string; into: string } {
  const [into, from] = [one, other].sort(
    (a, b) => rank(b) - rank(a) || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)
  )
  return { from: from?.id ?? other.id, into: into?.id ?? one.id }
}

function rank({ kinds }: Standing): number {
  if (kinds.includes('line')) return 2
  return isUnknown(kinds) ? 0 : 1
}

/** Nobody knows who they are: at most browsers lead to them. */
function isUnknown(kinds: readonly string[]): boolean {
  return kinds.every((kind) => kind === 'anonymous')
}
