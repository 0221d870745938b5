import { endOfPeriod } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { endOf, type StampCard } from './rules/stamp-card.ts'
import { currentProgramme, insertCard, latestCard } from './store/cards.ts'

/** A customer's card that takes stamps. */
export interface OpenCard {
  readonly card: StampCard
  /** It replaces one with stamps on it that ran out. */
  readonly replacesExpired: boolean
}

/**
 * The customer's card, begun if they have none that holds: the first one, or the one after a card that is full or ran
 * out. Undefined while no programme is published. Call under the customer's lock.
 */
export async function openCard(work: Work, customerId: string, timeZone: string): Promise<OpenCard | undefined> {
  const latest = await latestCard(work.tx, customerId, work.now)
  const end = latest && endOf(latest, work.now)
  if (latest && !end) return { card: latest, replacesExpired: false }
  const programme = await currentProgramme(work.tx)
  if (!programme) return undefined
  const { expires } = programme.definition
  const card = await insertCard(work.tx, customerId, {
    ...programme,
    number: (latest?.number ?? 0) + 1,
    startedAt: work.now,
    expiresAt: expires === undefined ? undefined : endOfPeriod(work.now, expires, timeZone)
  })
  return { card, replacesExpired: end === 'expired' && (latest?.stamps.length ?? 0) > 0 }
}
