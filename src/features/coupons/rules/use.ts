/** A coupon, as far as whether it can be used depends on it. */
export interface Usable {
  readonly state: GrantState
  readonly grantedAt: Date
  readonly validFrom?: Date | undefined
  /** The first instant at which it no longer holds; undefined = it never ends. */
  readonly expiresAt: Date | undefined
  readonly terms: { readonly shops?: readonly string[] | undefined }
}

/** One whose end is past has expired; no state says so, so that it ends on the instant. */
export const GRANT_STATES = ['held', 'used', 'withdrawn'] as const
export type GrantState = (typeof GRANT_STATES)[number]

/** Why a coupon cannot be used, as far as the coupon itself can tell. */
export type OwnFault =
  | { readonly kind: 'used' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'expired'; readonly at: Date }
  | { readonly kind: 'not_yet'; readonly from: Date }
  | { readonly kind: 'other_shop'; readonly shops: readonly string[] }

/**
 * Whether a coupon can be used in a span of time (an instant; a whole day when it is written down afterwards) and in a shop
 * (undefined = nobody said which).
 */
export function ownFault(
  coupon: Usable,
  span: { from: Date; until: Date },
  shop: string | undefined
): OwnFault | undefined {
  const { state, grantedAt, validFrom = grantedAt, expiresAt, terms } = coupon
  if (state !== 'held') return { kind: state }
  if (expiresAt && expiresAt <= span.from) return { kind: 'expired', at: expiresAt }
  if (validFrom > span.until) return { kind: 'not_yet', from: validFrom }
  if (shop !== undefined && terms.shops && !terms.shops.includes(shop))
    return { kind: 'other_shop', shops: terms.shops }
  return undefined
}

/** What becomes of a coupon's end when a use is undone: one that ran out meanwhile is good until that day is over. */
export function endAfterUndo(expiresAt: Date | undefined, now: Date, endOfToday: Date): Date | undefined {
  return expiresAt && expiresAt <= now ? endOfToday : expiresAt
}
