import type { Work } from '../../platform/work.ts'
import { keepShown } from './announce.ts'
import { auditAct, lockedCoupon, type StaffAct } from './staff-act.ts'
import { changeGrant } from './store/coupons.ts'
import { take } from './store/limits.ts'

/** Takes a coupon back that was given by mistake; "not_held" when it was used or withdrawn before. */
export async function withdrawCoupon(
  work: Work,
  { serial, by, reason }: StaffAct
): Promise<'withdrawn' | 'unknown' | 'not_held'> {
  const coupon = await lockedCoupon(work, serial)
  if (!coupon) return 'unknown'
  if (coupon.state !== 'held') return 'not_held'
  await changeGrant(work.tx, coupon, { state: 'withdrawn' })
  await take(work.tx, coupon.coupon, { granted: -1 })
  keepShown(work, coupon)
  await auditAct(work, 'coupon.withdraw', { coupon, by, detail: { reason } })
  return 'withdrawn'
}
