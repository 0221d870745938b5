import type { Fact, Work } from '../../platform/work.ts'
import type { Coupon } from '../coupons/index.ts'
import { completeWithCoupon } from './complete-card.ts'
import { nextPosition, type StampCard } from './rules/stamp-card.ts'
import { insertStamp } from './store/cards.ts'

/** A card with its new stamp, and what it brings when it is full: its coupon and the customer's next card. */
export interface Stamped {
  readonly card: StampCard
  readonly reward: { readonly coupon: Coupon; readonly nextCard: StampCard | undefined } | undefined
}

export interface NewMark {
  readonly customerId: string
  readonly card: StampCard
  /** Undefined beside an undefined code: a present. */
  readonly shop?: string
  readonly code?: string
  readonly cause: string
  readonly timeZone: string
}

/** Puts one more stamp on a card that takes stamps. Call under the customer's lock. */
export async function putStamp(
  work: Work,
  { customerId, card, shop, code, cause, timeZone }: NewMark
): Promise<Stamped> {
  const { position, completes } = nextPosition(card)
  const marks = { customerId, cardId: card.id, cause, code: code ?? null }
  await insertStamp(work.tx, { position, shop: shop ?? null, grantedAt: work.now, ...marks })
  const stamped = { ...card, stamps: [...card.stamps, { position, shop, grantedAt: work.now }] }
  const reward = completes ? await completeWithCoupon(work, { customerId, card: stamped, timeZone }) : undefined
  return { card: stamped, reward }
}

/** What all facts of one stamp have in common; `cause` names them. */
export type AboutStamp = Pick<Fact, 'customerId' | 'at' | 'source' | 'shop'> & { readonly cause: string }

/** The facts that a stamp brings. A present says so, since it is no visit. */
export function stampFacts({ cause, ...about }: AboutStamp, { card, reward }: Stamped): Fact[] {
  const named = (name: string, properties: Fact['properties']): Fact => ({
    ...about,
    name,
    sourceId: `${cause}/${name}`,
    properties
  })
  const place = { card: card.number, position: card.stamps.length, goal: card.definition.goal }
  const granted = named('stamp.granted', { ...place, ...(about.shop === undefined && { present: true }) })
  if (!reward) return [granted]
  const coupon = { coupon: reward.coupon.terms.key, card: card.number }
  return [granted, named('stamp_card.completed', { card: card.number }), named('coupon.granted', coupon)]
}
