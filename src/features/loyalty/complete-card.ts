import type { Work } from '../../platform/work.ts'
import { grantCoupon } from './grant-coupon.ts'
import { openCard } from './open-card.ts'
import type { StampCard } from './rules/stamp-card.ts'
import { completeCard } from './store/cards.ts'
import type { Coupon } from './store/coupons.ts'

/** Closes a full card: grants the coupon it promised when it began, and begins the next card. */
export async function completeWithCoupon(
  work: Work,
  { customerId, card, timeZone }: { customerId: string; card: StampCard; timeZone: string }
): Promise<{ coupon: Coupon; nextCard: StampCard | undefined }> {
  const { definition, definitionId } = card
  await completeCard(work.tx, card.id, work.now)
  const cause = `stamp_card:${card.id}`
  const terms = { definitionId, reward: definition.reward, look: definition }
  const coupon = await grantCoupon(work, { customerId, cause, timeZone, ...terms })
  const next = await openCard(work, customerId, timeZone)
  return { coupon, nextCard: next?.card }
}
