import { ok, type Result } from '../../core/result.ts'
import { durationMs } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { askedCoupon, couponBySerial, type KeptCoupon, setAsked } from './store/coupons.ts'
import { type UseRefusal, whyNot } from './why-not.ts'

/** A code from the counter belongs to a coupon that the customer asked to use within this time. */
const ASKED_FOR = '10m'

/** Notes that a customer wants to use a coupon now: the next code they send from a counter is for it. */
export async function askToUse(
  work: Work,
  { customerId, serial }: { readonly customerId: string; readonly serial: string }
): Promise<Result<KeptCoupon, UseRefusal>> {
  await lockKey(work.tx, customerId)
  const coupon = await couponBySerial(work.tx, serial)
  if (coupon?.customerId !== customerId) return { ok: false, kind: 'unknown' }
  const refusal = await whyNot(work, coupon, { span: { from: work.now, until: work.now }, shop: undefined })
  if (refusal) return { ok: false, ...refusal }
  await setAsked(work.tx, customerId, { id: coupon.id, at: work.now })
  return ok(coupon)
}

/** The coupon that the customer wants to use now. */
export async function couponAsked({ tx, now }: Work, customerId: string): Promise<KeptCoupon | undefined> {
  return askedCoupon(tx, customerId, new Date(now.getTime() - durationMs(ASKED_FOR)))
}
