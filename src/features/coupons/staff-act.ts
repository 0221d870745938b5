import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { couponBySerial, type KeptCoupon } from './store/coupons.ts'

/** What staff do to one coupon, and why. */
export interface StaffAct {
  readonly serial: string
  /** Slack user id. */
  readonly by: string
  /** In their own words. */
  readonly reason: string
}

/** The coupon with a serial, under its customer's lock; undefined when there is none. */
export async function lockedCoupon({ tx }: Work, serial: string): Promise<KeptCoupon | undefined> {
  const seen = await couponBySerial(tx, serial)
  if (!seen) return undefined
  await lockKey(tx, seen.customerId)
  return couponBySerial(tx, serial)
}

/** Puts on record what a staff member did to a customer's coupon. */
export async function auditAct(
  work: Work,
  action: AuditEntry['action'],
  done: {
    readonly coupon: Pick<KeptCoupon, 'serial' | 'customerId'>
    readonly by: string
    readonly detail: AuditEntry['detail']
  }
): Promise<void> {
  const { coupon, by, detail } = done
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action,
    subject: { type: 'coupon', id: coupon.serial },
    customerId: coupon.customerId,
    detail
  })
}
