import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { type CodeFault, type CounterCode, checkCode, findShop, formatCode, type Shop } from '../shops/index.ts'
import { openCard } from './open-card.ts'
import { putStamp, type Stamped, stampFacts } from './put-stamp.ts'
import { nextStampAt, type StampCard } from './rules/stamp-card.ts'
import { hasStampFor, lastStampAt } from './store/cards.ts'

export interface StampRequest {
  readonly customerId: string
  readonly code: CounterCode
  /** When LINE took the message that holds the code, by the counters' clock. */
  readonly sentAt: Date
  /** The counters' clock now: it made the code. */
  readonly counterNow: Date
  /** Calendar days begin at its midnights. */
  readonly timeZone: string
}

/** What came of a good code. */
export interface StampGiven extends Stamped {
  readonly shop: Shop
  /** The card before this one ran out with stamps on it. */
  readonly replacesExpired: boolean
}

export type StampRefusal =
  | CodeFault
  | { readonly kind: 'unknown_shop' }
  | { readonly kind: 'no_programme' }
  | { readonly kind: 'used' }
  | { readonly kind: 'too_soon'; readonly nextAt: Date }

/**
 * Gives the stamp a counter code stands for, once per customer and code, and the coupon when it fills the card. `show`
 * is called before the facts are recorded, so that what other features say to them comes after the card.
 */
export async function giveStamp(
  work: Work,
  request: StampRequest,
  show: (given: StampGiven) => void
): Promise<Result<StampGiven, StampRefusal>> {
  const { customerId, code, timeZone } = request
  await lockKey(work.tx, customerId)
  // Asked first: who has the stamp need not hear that its code has run out since.
  if (await hasStampFor(work.tx, customerId, { code: formatCode(code), cause: work.cause }))
    return { ok: false, kind: 'used' }
  const shop = await shopOf(work, request)
  if (!shop.ok) return shop
  const open = await openCard(work, customerId, timeZone)
  if (!open) return { ok: false, kind: 'no_programme' }
  const nextAt = await nextStampOf(work, open.card, request)
  if (nextAt && nextAt > work.now) return { ok: false, kind: 'too_soon', nextAt }

  const marks = { shop: code.shop, code: formatCode(code), cause: work.cause }
  const stamped = await putStamp(work, { customerId, card: open.card, timeZone, ...marks })
  const given = { ...stamped, shop: shop.value, replacesExpired: open.replacesExpired }
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

async function nextStampOf(work: Work, card: StampCard, { customerId, timeZone }: StampRequest) {
  const last = await lastStampAt(work.tx, customerId)
  return last && nextStampAt(last, card.definition.interval, timeZone)
}

function factsOf({ cause, now }: Work, customerId: string, given: StampGiven): Fact[] {
  const about = { customerId, at: now, source: 'line', shop: given.shop.id }
  const visit = { ...about, name: 'visit', sourceId: `${cause}/visit`, properties: {} }
  return [visit, ...stampFacts({ ...about, cause }, given)]
}
