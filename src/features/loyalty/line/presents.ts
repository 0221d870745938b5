import type { Locale } from '../../../core/locale.ts'
import { formatDay } from '../../../core/time.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { LineMessage } from '../../../platform/line/index.ts'
import type { Work } from '../../../platform/work.ts'
import { type NoPresent, type Present, presentCoupon, presentStamp } from '../give-present.ts'
import type { Stamped } from '../put-stamp.ts'
import { lastDayOf } from '../rules/stamp-card.ts'
import { newestCoupon } from '../store/coupons.ts'
import { type CardHeading, cardMessage, countOf, type View } from './card-view.ts'
import { couponMessage } from './coupon-view.ts'
import { TEXTS } from './texts.ts'

/** A present, and the language in which it is handed over. */
export interface Handing extends Present {
  readonly locale: Locale
}

/** Gives a stamp and shows the card with it; "given", or why not. */
export async function handStamp(work: Work, to: Handing): Promise<'given' | NoPresent['kind']> {
  const view = { locale: to.locale, timeZone: work.timeZone }
  const { present, presented } = TEXTS[to.locale]
  const given = await presentStamp(work, to, (stamped) =>
    work.tell(to.customerId, stampMessages(stamped, view, { line: present, altText: presented(countOf(stamped.card)) }))
  )
  return given.ok ? 'given' : given.kind
}

/** Gives a coupon and shows it; "given", or why not. */
export async function handCoupon(
  work: Work,
  to: Handing & { readonly key: string }
): Promise<'given' | NoPresent['kind']> {
  const view = { locale: to.locale, timeZone: work.timeZone }
  const given = await presentCoupon(work, to, (coupon) => work.tell(to.customerId, [couponMessage(coupon, view)]))
  return given.ok ? 'given' : given.kind
}

/** The card with its new stamp; when that fills it, also its coupon and the next card. */
export function stampMessages({ card, reward }: Stamped, view: View, heading: CardHeading): LineMessage[] {
  if (!reward) return [cardMessage(card, view, heading)]
  const texts = TEXTS[view.locale]
  const full = cardMessage(card, view, { ...heading, line: texts.full })
  const next = reward.nextCard ? [cardMessage(reward.nextCard, view, { line: texts.nextCard })] : []
  return [full, couponMessage(reward.coupon, view), ...next]
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
  const { reward, expiresAt } = coupon
  const expires = expiresAt ? formatDay(lastDayOf(expiresAt), locale, timeZone) : TEXTS[locale].noEnd
  return { title: reward.title[locale], expires }
}
