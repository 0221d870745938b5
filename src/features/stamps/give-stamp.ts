import { ok, type Result } from '../../core/result.ts'
import { dayOf } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { type CodeFault, type CounterCode, checkCode, findShop, formatCode, type Shop } from '../shops/index.ts'
import { type OpenCard, openCards } from './open-cards.ts'
import { putStamps, type Stamped, stampFacts } from './put-stamps.ts'
import { stampsOn } from './rules/double-days.ts'
import { countsAt, isRunning, nextStampAt } from './rules/stamp-card.ts'
import { hasStampFor, lastStampsAt } from './store/cards.ts'
import { currentProgrammes } from './store/programmes.ts'

export interface StampRequest {
  readonly customerId: string
  readonly code: CounterCode
  /** When LINE took the message that holds the code, by the counters' clock. */
  readonly sentAt: Date
  /** The counters' clock now: it made the code. */
  readonly counterNow: Date
}

/** What came of a good code: every card that the visit counts on, at least one. */
export interface StampGiven {
  readonly shop: Shop
  readonly cards: readonly CardGiven[]
}

export interface CardGiven extends Stamped {
  /** The card before this one ran out with stamps on it. */
  readonly replacesExpired: boolean
}

export type StampRefusal =
  | CodeFault
  | { readonly kind: 'unknown_shop' }
  | { readonly kind: 'no_programme' }
  /** There are stamp cards, but at other shops. */
  | { readonly kind: 'not_here' }
  | { readonly kind: 'used' }
  | { readonly kind: 'too_soon'; readonly nextAt: Date }

/**
 * Gives the stamps a counter code stands for, once per customer and code: on the card of every programme that the shop
 * belongs to, with the coupons they bring. `show` is called before the facts are recorded, so that what other features say
 * to them comes after the cards.
 */
export async function giveStamp(
  work: Work,
  request: StampRequest,
  show: (given: StampGiven) => void
): Promise<Result<StampGiven, StampRefusal>> {
  const { customerId, code } = request
  await lockKey(work.tx, customerId)
  // Asked first: who has the stamp need not hear that its code has run out since.
  if (await hasStampFor(work.tx, customerId, { code: formatCode(code), cause: work.cause }))
    return { ok: false, kind: 'used' }
  const shop = await shopOf(work, request)
  if (!shop.ok) return shop
  const open = await dueCards(work, customerId, code.shop)
  if (!open.ok) return open

  const cards: CardGiven[] = []
  for (const { card, replacesExpired } of open.value) {
    const count = stampsOn(dayOf(work.now, work.timeZone), card.definition.double_days)
    const marks = { way: 'counter' as const, shop: code.shop, code: formatCode(code), cause: work.cause, count }
    cards.push({ ...(await putStamps(work, { customerId, card, ...marks })), replacesExpired })
  }
  const given = { shop: shop.value, cards }
  show(given)
  for (const fact of factsOf(work, customerId, given)) await recordFact(work, fact)
  return ok(given)
}

async function shopOf(work: Work, request: StampRequest): Promise<Result<Shop, StampRefusal>> {
  const { code, sentAt, counterNow } = request
  const shop = await findShop(work.tx, work.cipher, code.shop)
  if (!shop) return { ok: false, kind: 'unknown_shop' }
  const checked = checkCode(code, shop.secret, { sentAtMs: sentAt.getTime(), nowMs: counterNow.getTime() })
  return checked.ok ? ok(shop) : checked
}

/** The cards on which a visit to a shop counts now: those whose last one is long enough ago. */
async function dueCards(work: Work, customerId: string, shop: string): Promise<Result<OpenCard[], StampRefusal>> {
  const open = await openCards(work, customerId, (terms) => countsAt(terms, shop))
  if (open.length === 0) return { ok: false, kind: (await isAnyRunning(work)) ? 'not_here' : 'no_programme' }
  const last = await lastStampsAt(work.tx, customerId)
  const waiting = open.flatMap(({ card }) => {
    const lastAt = last.get(card.programme)
    const nextAt = lastAt && nextStampAt(lastAt, card.definition.interval, work.timeZone)
    return nextAt && nextAt > work.now ? [{ card, nextAt }] : []
  })
  const due = open.filter(({ card }) => !waiting.some((one) => one.card === card))
  if (due.length > 0) return ok(due)
  return { ok: false, kind: 'too_soon', nextAt: new Date(Math.min(...waiting.map(({ nextAt }) => nextAt.getTime()))) }
}

async function isAnyRunning({ tx, now, timeZone }: Work): Promise<boolean> {
  return (await currentProgrammes(tx)).some(({ definition }) => isRunning(definition, now, timeZone))
}

function factsOf({ cause, now }: Work, customerId: string, { shop, cards }: StampGiven): Fact[] {
  const about = { customerId, at: now, source: 'line', shop: shop.id }
  const visit = { ...about, name: 'visit', sourceId: `${cause}/visit`, properties: {} }
  return [visit, ...cards.flatMap((card) => stampFacts({ ...about, cause }, card))]
}
