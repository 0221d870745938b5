import type { Tx } from '../../platform/db/index.ts'
import { endOf } from './rules/stamp-card.ts'
import { latestCard } from './store/cards.ts'
import { countCoupons } from './store/coupons.ts'

/** Where a customer stands with their card and coupons, for staff to see at a glance. */
export interface LoyaltyState {
  /** The card that takes stamps; undefined when there is none. */
  readonly card: { readonly number: number; readonly stamps: number; readonly goal: number } | undefined
  readonly coupons: { readonly count: number; readonly firstEnd: Date | undefined }
}

/** A customer's open card and the coupons that hold at an instant. A fixed number of statements. */
export async function loyaltyState(tx: Tx, customerId: string, now: Date): Promise<LoyaltyState> {
  const latest = await latestCard(tx, customerId, now)
  const open = latest && !endOf(latest, now) ? latest : undefined
  return {
    card: open && { number: open.number, stamps: open.stamps.length, goal: open.definition.goal },
    coupons: await countCoupons(tx, customerId, now)
  }
}
