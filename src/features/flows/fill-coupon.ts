import type { Work } from '../../platform/work.ts'
import { couponWords } from '../coupons/index.ts'
import { presentsOf } from './effects/give.ts'
import { type Filling, namesCoupon } from './rules/placeholders.ts'
import type { FlowText } from './rules/schema.ts'
import type { KeptRun } from './store/runs.ts'

/** What a text is filled with; if it says something about a coupon, with that which the run gave last, however long ago. */
export async function withCoupon(
  { tx, timeZone }: Work,
  { kept, filling }: { kept: KeptRun; filling: Filling },
  text: FlowText
): Promise<Filling> {
  if (!namesCoupon(text)) return filling
  const given = { customerId: kept.customerId, causes: presentsOf(kept.id) }
  return { ...filling, coupon: await couponWords(tx, given, { locale: filling.locale, timeZone }) }
}
