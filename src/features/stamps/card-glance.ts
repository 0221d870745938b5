import type { LocaleText } from '../../core/locale.ts'
import { lockKey, type Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { openCards } from './open-cards.ts'
import { countedCards } from './store/cards.ts'

/** Where a customer stands with a card, for staff to see at a glance. */
export interface CardGlance {
  /** Key of what it is a card of. */
  readonly programme: string
  readonly title: LocaleText
  readonly number: number
  readonly stamps: number
  readonly goal: number
}

/** A customer's cards that take stamps at an instant. A fixed number of statements. */
export async function cardGlances(tx: Tx, customerId: string, now: Date): Promise<CardGlance[]> {
  const cards = await countedCards(tx, customerId, now)
  return cards.map(({ number, stamps, terms: { key, title, goal } }) => ({
    programme: key,
    title,
    number,
    stamps,
    goal
  }))
}

/** The same, with a card begun of every programme of which the customer has none that takes stamps. */
export async function openGlances(work: Work, customerId: string): Promise<CardGlance[]> {
  await lockKey(work.tx, customerId)
  const open = await openCards(work, customerId)
  return open.map(
    ({
      card: {
        programme,
        number,
        stamps,
        definition: { title, goal }
      }
    }) => {
      return { programme, title, number, stamps: stamps.length, goal }
    }
  )
}
