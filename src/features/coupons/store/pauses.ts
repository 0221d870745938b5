import type { Tx } from '../../../platform/db/index.ts'

/** Which coupon stands still, since when, and by whose will. */
export interface CouponPause {
  readonly coupon: string
  readonly pausedAt: Date
  /** Slack user id. */
  readonly pausedBy: string
}

/** Makes a coupon stand still; false when it does already. */
export async function insertPause(tx: Tx, pause: CouponPause): Promise<boolean> {
  return (await tx.couponPause.createMany({ data: [pause], skipDuplicates: true })).count === 1
}

/** Lets a coupon go on; false when it does already. */
export async function deletePause(tx: Tx, coupon: string): Promise<boolean> {
  return (await tx.couponPause.deleteMany({ where: { coupon } })).count === 1
}

export async function isPaused(tx: Tx, coupon: string): Promise<boolean> {
  return (await tx.couponPause.count({ where: { coupon } })) > 0
}

/** All that stand still, by coupon. */
export async function findPauses(tx: Tx): Promise<ReadonlyMap<string, CouponPause>> {
  return new Map((await tx.couponPause.findMany()).map((pause) => [pause.coupon, pause]))
}
