/** What is known of somebody by the kinds of their identities. */
export interface Known {
  readonly id: string
  readonly kinds: readonly string[]
}

/**
 * What to do when a customer on LINE proves that an identity is theirs. It is nobody's: they get it. It is theirs: nothing.
 * It leads to somebody who is not on LINE, and they have none of the kind themselves: the two are one. Else two accounts
 * would be thrown together that somebody meant to have apart (a family's, a second one): people decide.
 */
export function decideLink(
  customer: Known,
  owner: Known | undefined,
  kind: string
): 'attach' | 'already' | 'merge' | 'ask' {
  if (owner?.id === customer.id) return 'already'
  const hasOwn = kind !== 'anonymous' && customer.kinds.includes(kind)
  if (!owner) return hasOwn ? 'ask' : 'attach'
  return hasOwn || owner.kinds.includes('line') ? 'ask' : 'merge'
}
