import type { Tx } from '../../platform/db/index.ts'
import { endOf } from './rules/stamp-card.ts'
import { latestCard } from './store/cards.ts'

/** Where a customer stands with their card, for staff to see at a glance. */
export interface CardGlance {
  readonly number: number
  readonly stamps: number
  readonly goal: number
}

/** A customer's card that takes stamps at an instant; undefined when there is none. A fixed number of statements. */
export async function cardGlance(tx: Tx, customerId: string, now: Date): Promise<CardGlance | undefined> {
  const card = await latestCard(tx, customerId, now)
  if (!card || endOf(card, now)) return undefined
  return { number: card.number, stamps: card.stamps.length, goal: card.definition.goal }
}
