import type { LocaleText } from '../../../core/locale.ts'
import { addDays, addDuration, dayOf, endOfPeriod, startOfDay } from '../../../core/time.ts'
import type { CouponTerms } from '../../coupons/rules/definitions.ts'
import type { StampCardDefinition } from './definitions.ts'

/** One mark on a card. */
export interface Stamp {
  /** 1 to the card's goal. */
  readonly position: number
  /** Undefined = it was a present. */
  readonly shop: string | undefined
  readonly grantedAt: Date
}

/** Whose card it is, its colour ("#rrggbb", dark enough for white text), and its shops: none = all there are. */
export interface CardLook {
  readonly brand: LocaleText
  readonly colour: string
  readonly shops: readonly LocaleText[]
}

/** A customer's card, with the definition it began with. */
export interface StampCard {
  readonly id: string
  /** Key of what it is a card of. */
  readonly programme: string
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

/** What a card gives, and with which of its stamps. */
export interface Reward {
  readonly at: number
  readonly terms: CouponTerms
}

/** All that a card gives, in the order in which it is reached. */
export function rewardsOf({ goal, reward, rewards = [] }: StampCardDefinition): Reward[] {
  const onTheWay = rewards.map(({ at, ...terms }) => ({ at, terms }))
  return [...onTheWay, ...(reward ? [{ at: goal, terms: reward }] : [])].toSorted((a, b) => a.at - b.at)
}

/** What a card gives next; undefined when it is full. */
export function nextReward({ stamps, definition }: StampCard): Reward | undefined {
  return rewardsOf(definition).find(({ at }) => at > stamps.length)
}

/** Where the next stamp goes, what it brings, and whether it fills the card. */
export function nextPlace({ stamps, definition }: StampCard): NextPlace {
  const position = stamps.length + 1
  const reward = rewardsOf(definition).find(({ at }) => at === position)
  return { position, reward: reward?.terms, completes: position >= definition.goal }
}

/** How the causes of coupons begin that a place of a card brings. */
export function couponCauses(cardId: string, position: number): string {
  return `stamp_card:${cardId}:${position}:`
}

export interface NextPlace {
  readonly position: number
  readonly reward: CouponTerms | undefined
  readonly completes: boolean
}

/**
 * When a card that begins, or gets a stamp, at an instant ends: the first instant at which it no longer holds, undefined =
 * never. A card whose time counts from its beginning keeps the end that it has.
 */
export function endAfter(
  { expires, expires_from, until }: StampCardDefinition,
  at: Date,
  timeZone: string,
  now?: { readonly expiresAt: Date | undefined }
): Date | undefined {
  if (now && expires_from !== 'last_stamp') return now.expiresAt
  const rolling = expires === undefined ? undefined : endOfPeriod(at, expires, timeZone)
  const fixed = until === undefined ? undefined : startOfDay(addDays(until, 1), timeZone)
  return rolling && fixed ? (rolling < fixed ? rolling : fixed) : (rolling ?? fixed)
}

/** Whether a programme still takes in new cards at an instant. */
export function isRunning({ until }: StampCardDefinition, now: Date, timeZone: string): boolean {
  return until === undefined || dayOf(now, timeZone) <= until
}

/** Whether a visit to a shop counts on a programme's cards; to an unknown one only where all shops do. */
export function countsAt({ shops }: StampCardDefinition, shop: string | undefined): boolean {
  return shops === undefined || (shop !== undefined && shops.includes(shop))
}
