import type { LocaleText } from '../../core/locale.ts'
import type { Work } from '../../platform/work.ts'
import { ownFault } from './rules/use.ts'
import { countUsed, currentCoupon, type KeptCoupon } from './store/coupons.ts'
import { isPaused } from './store/pauses.ts'
import { type Redemption, redemptionOfGrant } from './store/redemptions.ts'

/** Why a coupon cannot be used: each has an answer of its own. */
export type UseRefusal =
  /** There is none with this serial, or it is somebody else's: which of the two is nobody's business. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'used'; readonly redemption: Redemption }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'expired'; readonly at: Date }
  | { readonly kind: 'not_yet'; readonly from: Date }
  | { readonly kind: 'other_shop'; readonly shops: readonly LocaleText[] }
  | { readonly kind: 'paused' }
  /** The customer used as many of this name as one may. */
  | { readonly kind: 'enough' }
  /** All uses, or the whole budget, are gone. */
  | { readonly kind: 'used_up' }

/** Where and when a coupon is to be used. */
export interface UsePlace {
  /** An instant, or the whole day when it is written down afterwards. */
  readonly span: { readonly from: Date; readonly until: Date }
  /** Undefined = nobody said which. */
  readonly shop: string | undefined
}

/** Why a coupon cannot be used; undefined when it can, as far as its caps leave enough. */
export async function whyNot({ tx }: Work, coupon: KeptCoupon, place: UsePlace): Promise<UseRefusal | undefined> {
  const fault = ownFault(coupon, place.span, place.shop)
  if (fault?.kind === 'used') {
    const redemption = await redemptionOfGrant(tx, coupon.id)
    if (!redemption) throw new Error(`Coupon ${coupon.id} is used, and nobody knows when`)
    return { kind: 'used', redemption }
  }
  if (fault?.kind === 'other_shop') return { kind: 'other_shop', shops: coupon.shopNames ?? [] }
  if (fault) return fault
  if (await isPaused(tx, coupon.coupon)) return { kind: 'paused' }
  const most = (await currentCoupon(tx, coupon.coupon))?.terms.limit?.per_customer
  const isEnough = most !== undefined && (await countUsed(tx, coupon.customerId, coupon.coupon)) >= most
  return isEnough ? { kind: 'enough' } : undefined
}
