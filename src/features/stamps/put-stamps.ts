import type { Fact, Work } from '../../platform/work.ts'
import { type Coupon, grantPromised, newestCoupon } from '../coupons/index.ts'
import { openCards } from './open-cards.ts'
import { couponCauses, endAfter, nextPlace, type StampCard } from './rules/stamp-card.ts'
import type { Way } from './rules/way.ts'
import { completeCard, insertStamp, moveEnd } from './store/cards.ts'

/** A card with its new stamps, and what they brought. */
export interface Stamped {
  readonly card: StampCard
  /** How many stamps there are new, some of them on the next card if this one is full. */
  readonly count: number
  readonly coupons: readonly Coupon[]
  /** Numbers of the cards that are full now: that of `card`, and of small ones after it. */
  readonly completed: readonly number[]
  /** Of a card that is full: the customer's next one. */
  readonly nextCard: StampCard | undefined
}

export interface NewMarks {
  readonly customerId: string
  readonly card: StampCard
  readonly way: Way
  readonly shop?: string
  readonly code?: string
  readonly cause: string
  /** Default: one. */
  readonly count?: number
  /** When the visit was; default: now. */
  readonly at?: Date
  /** Slack id of the member of staff whose hand it was. */
  readonly givenBy?: string
}

/** Puts stamps on a card that takes some; those that it has no place for go on the next one. Call under the customer's lock. */
export async function putStamps(work: Work, marks: NewMarks): Promise<Stamped> {
  const coupons: Coupon[] = []
  const completed: number[] = []
  let full: StampCard | undefined
  let card: StampCard | undefined = marks.card
  let count = 0
  for (; card && count < (marks.count ?? 1); count += 1) {
    const put = await putOne(work, { ...marks, card }, count)
    if (put.coupon) coupons.push(put.coupon)
    if (put.isFull) {
      full ??= put.card
      completed.push(put.card.number)
    }
    card = put.isFull ? await nextCardOf(work, marks) : put.card
  }
  return { card: full ?? card ?? marks.card, count, coupons, completed, nextCard: full && card }
}

interface Put {
  readonly card: StampCard
  readonly coupon: Coupon | undefined
  readonly isFull: boolean
}

/** One more stamp, with the coupon that it brings. Only the first of several carries the code. */
async function putOne(work: Work, marks: NewMarks, nth: number): Promise<Put> {
  const { customerId, card, shop, code, cause, way } = marks
  const { tx, now } = work
  const grantedAt = marks.at ?? now
  const { position, reward, completes } = nextPlace(card)
  const mark =
    nth === 0 ? { way, cause, code: code ?? null } : { way: 'extra' as const, cause: `${cause}#${nth + 1}`, code: null }
  const place = { customerId, cardId: card.id, programme: card.programme, position }
  const stampId = await insertStamp(tx, {
    ...place,
    ...mark,
    shop: shop ?? null,
    givenBy: marks.givenBy ?? null,
    grantedAt
  })
  const stamped = { ...card, stamps: [...card.stamps, { position, shop, grantedAt }] }
  const granting = {
    customerId,
    definitionId: card.definitionId,
    cause: `${couponCauses(card.id, position)}${stampId}`
  }
  const isOwed = reward && !(await hasBrought(work, customerId, { card, position }))
  const coupon = isOwed ? await grantPromised(work, { ...granting, terms: reward }) : undefined
  if (completes) await completeCard(tx, card.id, now)
  return { card: completes ? stamped : await prolonged(work, stamped), coupon, isFull: completes }
}

/** Whether a place brought a coupon before that the customer has or used: of a stamp that was voided afterwards. */
async function hasBrought(
  { tx }: Work,
  customerId: string,
  { card, position }: { readonly card: StampCard; readonly position: number }
): Promise<boolean> {
  const before = await newestCoupon(tx, customerId, couponCauses(card.id, position))
  return before !== undefined && before.state !== 'withdrawn'
}

/** A card that holds from its last stamp holds longer now. */
async function prolonged({ tx, now, timeZone }: Work, card: StampCard): Promise<StampCard> {
  const expiresAt = endAfter(card.definition, now, timeZone, card)
  if (expiresAt?.getTime() !== card.expiresAt?.getTime()) await moveEnd(tx, card.id, expiresAt)
  return { ...card, expiresAt }
}

async function nextCardOf(work: Work, { customerId, card }: NewMarks): Promise<StampCard | undefined> {
  const [next] = await openCards(work, customerId, ({ key }) => key === card.programme)
  return next?.card
}

/** What all facts of one stamp have in common; `cause` names them. `present`: no visit stands behind it. */
export type AboutStamp = Pick<Fact, 'customerId' | 'at' | 'source' | 'shop'> & {
  readonly cause: string
  readonly present?: boolean
}

/** The facts that stamps of one programme bring. A present says so, since it is no visit. */
export function stampFacts(
  { cause, present = false, ...about }: AboutStamp,
  { card, count, coupons, completed }: Stamped
): Fact[] {
  const { programme, number } = card
  const named = (name: string, nth: number, properties: Fact['properties']): Fact => {
    return { ...about, name, sourceId: `${cause}/${programme}/${name}/${nth}`, properties }
  }
  const place = { programme, card: number, position: card.stamps.length, goal: card.definition.goal, count }
  return [
    named('stamp.granted', 1, { ...place, ...(present && { present }) }),
    ...completed.map((full, index) => named('stamp_card.completed', index + 1, { programme, card: full })),
    ...coupons.map(({ terms }, index) => named('coupon.granted', index + 1, { coupon: terms.key, card: number }))
  ]
}
