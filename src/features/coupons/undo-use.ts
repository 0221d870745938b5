import { ok, type Result } from '../../core/result.ts'
import { addDays, dayOf, startOfDay } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { keepShown } from './announce.ts'
import { SOURCE } from './give-coupon.ts'
import { endAfterUndo } from './rules/use.ts'
import { undoableUntil } from './settings.ts'
import { auditAct, lockedCoupon, type StaffAct } from './staff-act.ts'
import { changeGrant, type KeptCoupon } from './store/coupons.ts'
import { take } from './store/limits.ts'
import { markUndone, redemptionOfGrant } from './store/redemptions.ts'

export type UndoRefusal =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not_used' }
  | { readonly kind: 'too_late'; readonly until: Date }

/**
 * Undoes the use of a coupon: the customer has it again, and if it ran out meanwhile until the day is over. `show` is
 * called before the fact is recorded.
 */
export async function undoUse(
  work: Work,
  { serial, by, reason }: StaffAct,
  show: (coupon: KeptCoupon) => void
): Promise<Result<KeptCoupon, UndoRefusal>> {
  const { tx, now, timeZone } = work
  const coupon = await lockedCoupon(work, serial)
  if (!coupon) return { ok: false, kind: 'unknown' }
  const redemption = coupon.state === 'used' ? await redemptionOfGrant(tx, coupon.id) : undefined
  if (!redemption) return { ok: false, kind: 'not_used' }
  const until = await undoableUntil(tx, redemption.recordedAt)
  if (until < now) return { ok: false, kind: 'too_late', until }

  const expiresAt = endAfterUndo(coupon.expiresAt, now, startOfDay(addDays(dayOf(now, timeZone), 1), timeZone))
  await markUndone(tx, redemption.id, { at: now, by })
  await changeGrant(tx, coupon, { state: 'held', expiresAt: expiresAt ?? null })
  await take(tx, coupon.coupon, { used: -1, spentYen: -(coupon.costYen ?? 0) })
  const returned = { ...coupon, state: 'held', expiresAt } as const
  show(returned)
  keepShown(work, coupon)
  await auditAct(work, 'coupon.undo', { coupon, by, detail: { reason } })
  await recordFact(work, {
    ...{ customerId: coupon.customerId, name: 'coupon.returned', at: now, source: SOURCE },
    sourceId: `coupon_redemption:${redemption.id}/undone`,
    ...(redemption.shop && { shop: redemption.shop.id }),
    properties: { coupon: coupon.coupon, serial }
  })
  return ok(returned)
}
