import type { LocaleText } from '../../../core/locale.ts'
import { addDays, addDuration, dayOf, startOfDay } from '../../../core/time.ts'
import type { StampCardDefinition } from './definitions.ts'

/** One mark on a card. */
export interface Stamp {
  /** 1 to the card's goal. */
  readonly position: number
  /** Undefined = it was a present. */
  readonly shop: string | undefined
  readonly grantedAt: Date
}

/** Whose card it is, and its colour: "#rrggbb", dark enough for white text. */
export interface CardLook {
  readonly brand: LocaleText
  readonly colour: string
}

/** A customer's card, with the definition it began with. */
export interface StampCard {
  readonly id: string
  /** 1 for a customer's first card, 2 for the next, … */
  readonly number: number
  readonly definitionId: string
  readonly definition: StampCardDefinition
  readonly look: CardLook
  readonly startedAt: Date
  /** The first instant at which it no longer holds; undefined = it never ends. */
  readonly expiresAt: Date | undefined
  readonly completedAt: Date | undefined
  /** By position. */
  readonly stamps: readonly Stamp[]
}

/** Why a card takes no more stamps; undefined while it does. */
export function endOf(card: StampCard, now: Date): 'completed' | 'expired' | undefined {
  if (card.completedAt || card.stamps.length >= card.definition.goal) return 'completed'
  return card.expiresAt && card.expiresAt <= now ? 'expired' : undefined
}

/** When the next stamp may be given after the one at `last`: on the next calendar day, or a time after it ("3h"). */
export function nextStampAt(last: Date, interval: string, timeZone: string): Date {
  if (interval === 'business_day') return startOfDay(addDays(dayOf(last, timeZone), 1), timeZone)
  return addDuration(last, interval)
}

/** Where the next stamp goes, and whether it fills the card. */
export function nextPosition({ stamps, definition }: StampCard): { position: number; completes: boolean } {
  const position = stamps.length + 1
  return { position, completes: position >= definition.goal }
}
