import type { Locale } from '../../../core/locale.ts'
import { formatDay, lastDayOf } from '../../../core/time.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import { type CouponPresent, giveCoupon, type NoPresent, type Present } from '../give-coupon.ts'
import { newestCoupon } from '../store/coupons.ts'
import { couponMessage, type View } from './coupon-view.ts'
import { TEXTS } from './texts.ts'

/** A present, and the language in which it is handed over. */
export interface Handing extends Present {
  readonly locale: Locale
}

/** Gives a coupon and shows it; "given", or why not. */
export async function handCoupon(work: Work, to: CouponPresent & Handing): Promise<'given' | NoPresent['kind']> {
  const view = { locale: to.locale, timeZone: work.timeZone }
  const given = await giveCoupon(work, to, (coupon) => work.tell(to.customerId, [couponMessage(coupon, view)]))
  return given.ok ? 'given' : given.kind
}

/** What sentences may say of a coupon: what it gives, and the last day on which it holds, as people write it. */
export interface CouponWords {
  readonly title: string
  readonly expires: string
}

/** The words of the newest coupon among those whose causes begin so; undefined when there is none. */
export async function couponWords(
  tx: Tx,
  { customerId, causes }: { readonly customerId: string; readonly causes: string },
  { locale, timeZone }: View
): Promise<CouponWords | undefined> {
  const coupon = await newestCoupon(tx, customerId, causes)
  if (!coupon) return undefined
  const { terms, expiresAt } = coupon
  const expires = expiresAt ? formatDay(lastDayOf(expiresAt), locale, timeZone) : TEXTS[locale].noEnd
  return { title: terms.title[locale], expires }
}
