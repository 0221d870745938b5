import type { Work } from '../../platform/work.ts'
import type { StampCardDefinition } from './rules/definitions.ts'
import { endAfter, endOf, isRunning, type Stamp, type StampCard } from './rules/stamp-card.ts'
import { insertCard, insertStamp, latestCards } from './store/cards.ts'
import { currentProgrammes, type Programme } from './store/programmes.ts'

/** A customer's card that takes stamps. */
export interface OpenCard {
  readonly card: StampCard
  /** It replaces one with stamps on it that ran out. */
  readonly replacesExpired: boolean
}

/**
 * The customer's cards of the programmes that are wanted, begun where they have none that holds: the first one, or the one
 * after a card that is full or ran out. A card is wanted by the terms it began with, and holds when its programme is no
 * more. Empty while none is published. Call under the customer's lock.
 */
export async function openCards(
  work: Work,
  customerId: string,
  wanted: (terms: StampCardDefinition) => boolean = () => true
): Promise<OpenCard[]> {
  const latest = await latestCards(work.tx, customerId, work.now)
  const programmes = await currentProgrammes(work.tx)
  const keys = new Set([...programmes.map(({ definition }) => definition.key), ...latest.keys()])
  const open: OpenCard[] = []
  for (const key of keys) {
    const before = latest.get(key)
    const end = before && endOf(before, work.now)
    const programme = programmes.find(({ definition }) => definition.key === key)
    if (before && !end) {
      if (wanted(before.definition)) open.push({ card: before, replacesExpired: false })
    } else if (programme && isRunning(programme.definition, work.now, work.timeZone) && wanted(programme.definition)) {
      const card = await beginCard(work, customerId, { programme, number: (before?.number ?? 0) + 1 })
      open.push({ card, replacesExpired: end === 'expired' && (before?.stamps.length ?? 0) > 0 })
    }
  }
  return open
}

async function beginCard(
  work: Work,
  customerId: string,
  { programme, number }: { programme: Programme; number: number }
): Promise<StampCard> {
  const expiresAt = endAfter(programme.definition, work.now, work.timeZone)
  const card = await insertCard(work.tx, customerId, { ...programme, number, startedAt: work.now, expiresAt })
  return number === 1 ? { ...card, stamps: await putBonus(work, customerId, card) } : card
}

/** A programme's first card may begin with stamps on it. */
async function putBonus(
  { tx, now }: Work,
  customerId: string,
  { id, programme, definition }: StampCard
): Promise<Stamp[]> {
  const places = Array.from({ length: definition.bonus ?? 0 }, (_, index) => index + 1)
  for (const position of places) {
    const marks = { position, cause: `bonus:${id}:${position}`, code: null, shop: null, givenBy: null, grantedAt: now }
    await insertStamp(tx, { customerId, cardId: id, programme, way: 'bonus', ...marks })
  }
  return places.map((position) => ({ position, shop: undefined, grantedAt: now }))
}
