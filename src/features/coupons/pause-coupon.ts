import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { deletePause, insertPause } from './store/pauses.ts'

/** Makes a coupon stand still or lets it go on; false when it does already. */
export async function switchCoupon(
  work: Work,
  { coupon, by, way }: { readonly coupon: string; readonly by: string; readonly way: 'pause' | 'resume' }
): Promise<boolean> {
  const switched =
    way === 'pause'
      ? await insertPause(work.tx, { coupon, pausedAt: work.now, pausedBy: by })
      : await deletePause(work.tx, coupon)
  if (switched)
    await recordAudit(work, {
      actor: { kind: 'staff', id: by },
      action: `coupon.${way}`,
      subject: { type: 'coupon', id: coupon },
      detail: {}
    })
  return switched
}
