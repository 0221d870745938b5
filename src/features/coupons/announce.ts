import type { Work } from '../../platform/work.ts'
import type { KeptCoupon } from './store/coupons.ts'

/** Coupons that staff are asked to confirm have a card in Slack. */
export const RECORD_TYPE = 'coupon'

/** Shows a coupon's card in Slack as it is after the commit. */
export function showCoupon(work: Work, id: string): void {
  work.slack({ kind: 'card', record: { type: RECORD_TYPE, id } })
}

/** Keeps the card of a coupon up to date, if it has one. */
export function keepShown(work: Work, { id, inSlack }: KeptCoupon): void {
  if (inSlack) showCoupon(work, id)
}
