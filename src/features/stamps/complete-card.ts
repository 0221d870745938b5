import type { Work } from '../../platform/work.ts'
import { type Coupon, grantCoupon } from '../coupons/index.ts'
import { openCard } from './open-card.ts'
import type { StampCard } from './rules/stamp-card.ts'
import { completeCard } from './store/cards.ts'

/** Closes a full card: grants the coupon it promised when it began, and begins the next card. */
export async function completeWithCoupon(
  work: Work,
  { customerId, card, timeZone }: { customerId: string; card: StampCard; timeZone: string }
): Promise<{ coupon: Coupon; nextCard: StampCard | undefined }> {
  const { definition, definitionId } = card
  await completeCard(work.tx, card.id, work.now)
  const cause = `stamp_card:${card.id}`
  const coupon = await grantCoupon(work, { customerId, cause, definitionId, terms: definition.reward })
  const next = await openCard(work, customerId, timeZone)
  return { coupon, nextCard: next?.card }
}
