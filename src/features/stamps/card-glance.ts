import type { LocaleText } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import { countedCards } from './store/cards.ts'

/** Where a customer stands with a card, for staff to see at a glance. */
export interface CardGlance {
  readonly title: LocaleText
  readonly number: number
  readonly stamps: number
  readonly goal: number
}

/** A customer's cards that take stamps at an instant. A fixed number of statements. */
export async function cardGlances(tx: Tx, customerId: string, now: Date): Promise<CardGlance[]> {
  const cards = await countedCards(tx, customerId, now)
  return cards.map(({ number, stamps, terms: { title, goal } }) => ({ title, number, stamps, goal }))
}
