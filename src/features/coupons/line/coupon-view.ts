import type { messagingApi } from '@line/bot-sdk'
import type { Locale } from '../../../core/locale.ts'
import { formatDay, lastDayOf } from '../../../core/time.ts'
import { column, fact, flexMessage, head, INK, type LineMessage, text } from '../../../platform/line/index.ts'
import type { Coupon } from '../store/coupons.ts'
import { TEXTS } from './texts.ts'

/** Who looks. */
export interface View {
  readonly locale: Locale
  readonly timeZone: string
}

/** Of a coupon while the shop has no brand. */
const PLAIN_COLOUR = '#7a4b2a'

/** Coupons shown at once: a carousel takes 12 bubbles and 50 KB. */
export const COUPONS_SHOWN = 10

/** One coupon just given. */
export function couponMessage(coupon: Coupon, view: View): LineMessage {
  const altText = TEXTS[view.locale].couponGranted(coupon.terms.title[view.locale])
  return flexMessage({ altText, contents: bubble(coupon, view) })
}

/** 1 to COUPONS_SHOWN coupons, to leaf through. */
export function couponsMessage(coupons: readonly Coupon[], view: View): LineMessage {
  const contents: messagingApi.FlexCarousel = { type: 'carousel', contents: coupons.map((one) => bubble(one, view)) }
  return flexMessage({ altText: TEXTS[view.locale].couponCount(coupons.length), contents })
}

function bubble({ brand, terms, serial, expiresAt }: Coupon, view: View): messagingApi.FlexBubble {
  const { locale, timeZone } = view
  const texts = TEXTS[locale]
  const until = expiresAt ? formatDay(lastDayOf(expiresAt), locale, timeZone) : texts.noEnd
  return {
    type: 'bubble',
    header: head(brand?.colour ?? PLAIN_COLOUR, [
      text(`${brand?.name[locale] ?? ''} ${texts.coupon}`.trim(), { size: 'sm', color: '#ffffff', wrap: true }),
      text(terms.title[locale], { size: 'xl', weight: 'bold', color: '#ffffff', wrap: true, margin: 'sm' })
    ]),
    body: column(
      [
        text(terms.note[locale], { size: 'sm', color: INK.plain, wrap: true }),
        { type: 'separator', margin: 'lg', color: INK.line },
        fact(texts.serial, serial),
        fact(texts.validUntil, until)
      ],
      { spacing: 'md', paddingAll: '16px' }
    )
  }
}
