import type { Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary } from '../customers/index.ts'
import { usedMessage } from './line/use-view.ts'
import { auditAct } from './staff-act.ts'
import { findOwner } from './store/coupons.ts'
import { type CouponUse, type UseRequest, useCoupon } from './use-coupon.ts'
import type { UseRefusal } from './why-not.ts'

export type StaffUse = Omit<UseRequest, 'customerId' | 'staff'> & {
  /** Slack user id. */
  readonly by: string
}

/** Staff say that a coupon is used: its customer sees it at once; what is written down afterwards they have seen already. */
export async function confirmUse(work: Work, { by, ...use }: StaffUse): Promise<Result<CouponUse, UseRefusal>> {
  const customerId = await findOwner(work.tx, use.serial)
  if (!customerId) return { ok: false, kind: 'unknown' }
  const locale = (await customerSummary(work.tx, work.cipher, customerId))?.locale ?? 'ja'
  const view = { locale, timeZone: work.timeZone }
  const used = await useCoupon(work, { ...use, customerId, staff: by }, (done) => {
    if (!done.redemption.late) work.tell(customerId, [usedMessage(done, view)])
  })
  if (!used.ok) return used
  const { lateOn, shop } = use
  const detail = { ...(shop && { value: shop }), ...(lateOn && { until: lateOn }) }
  await auditAct(work, 'coupon.use', { coupon: used.value.coupon, by, detail })
  return used
}
