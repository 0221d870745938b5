import type { Tx } from '../../../platform/db/index.ts'
import { currentCoupon } from '../../coupons/index.ts'
import type { Programme } from '../store/programme.ts'
import type { Offer } from './points-view.ts'

/** What can be had for points, those for few before those for many; coupons that are not published any more are left out. */
export async function findOffers(tx: Tx, { definition }: Programme): Promise<Offer[]> {
  const offers: Offer[] = []
  for (const { coupon, points } of definition.exchange) {
    const title = (await currentCoupon(tx, coupon))?.terms.title
    if (title) offers.push({ coupon, points, title })
  }
  return offers.sort((one, other) => one.points - other.points)
}

/** One of them, by its coupon. */
export async function findOffer(tx: Tx, programme: Programme, coupon: string): Promise<Offer | undefined> {
  return (await findOffers(tx, programme)).find((offer) => offer.coupon === coupon)
}
