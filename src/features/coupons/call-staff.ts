import type { Result } from '../../core/result.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { RECORD_TYPE, showCoupon } from './announce.ts'
import { askToUse } from './ask-to-use.ts'
import { STAFF_TEXTS } from './slack/texts.ts'
import { type KeptCoupon, markInSlack } from './store/coupons.ts'
import type { UseRefusal } from './why-not.ts'

/** Asks staff in Slack to confirm that a coupon is used; asked again, they are called again. */
export async function callStaff(
  work: Work,
  request: { readonly customerId: string; readonly serial: string }
): Promise<Result<KeptCoupon, UseRefusal>> {
  const asked = await askToUse(work, request)
  if (!asked.ok) return asked
  const { id, inSlack } = asked.value
  await markInSlack(work.tx, id)
  showCoupon(work, id)
  if (inSlack) {
    const text = STAFF_TEXTS[await sharedLocale(work.tx)].calledAgain
    work.slack({ kind: 'thread', record: { type: RECORD_TYPE, id }, text, toAll: true })
  }
  return asked
}
