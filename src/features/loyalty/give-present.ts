import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { grantCoupon } from './grant-coupon.ts'
import { openCard } from './open-card.ts'
import { putStamp, type Stamped, stampFacts } from './put-stamp.ts'
import { hasStampFor } from './store/cards.ts'
import { type Coupon, currentCoupon, hasCouponFor } from './store/coupons.ts'

/** Who gets a present, and the one cause of it: told again it gives nothing more. */
export interface Present {
  readonly customerId: string
  readonly cause: string
}

/** "known": this cause gave it before. "missing": the programme or coupon is not published. */
export type NoPresent = { readonly kind: 'known' } | { readonly kind: 'missing' }

/** Facts of presents come from Matane itself. */
const SOURCE = 'matane'

/**
 * Gives a stamp that no visit stands for: on the card that holds, begun if there is none, whenever the last one was, and
 * without a wait for the next. `show` is called before the facts are recorded, as with giveStamp.
 */
export async function presentStamp(
  work: Work,
  { customerId, cause }: Present,
  show: (stamped: Stamped) => void
): Promise<Result<Stamped, NoPresent>> {
  const { tx, timeZone } = work
  await lockKey(tx, customerId)
  if (await hasStampFor(tx, customerId, { cause })) return { ok: false, kind: 'known' }
  const open = await openCard(work, customerId, timeZone)
  if (!open) return { ok: false, kind: 'missing' }
  const stamped = await putStamp(work, { customerId, card: open.card, cause, timeZone })
  show(stamped)
  for (const fact of stampFacts({ customerId, at: work.now, source: SOURCE, cause }, stamped))
    await recordFact(work, fact)
  return ok(stamped)
}

/** Gives a coupon by its terms as they are published now. `show` is called before the fact is recorded. */
export async function presentCoupon(
  work: Work,
  { customerId, cause, key }: Present & { readonly key: string },
  show: (coupon: Coupon) => void
): Promise<Result<Coupon, NoPresent>> {
  await lockKey(work.tx, customerId)
  if (await hasCouponFor(work.tx, customerId, cause)) return { ok: false, kind: 'known' }
  const published = await currentCoupon(work.tx, key)
  if (!published) return { ok: false, kind: 'missing' }
  const { definitionId, terms, look } = published
  const granting = { customerId, cause, definitionId, reward: terms, look, timeZone: work.timeZone }
  const coupon = await grantCoupon(work, granting)
  show(coupon)
  await recordFact(work, {
    ...{ customerId, name: 'coupon.granted', at: work.now, source: SOURCE, sourceId: `${cause}/coupon.granted` },
    properties: { coupon: key }
  })
  return ok(coupon)
}
