import type { LocaleText } from '../../../core/locale.ts'
import { formatDay, formatMoment, lastDayOf } from '../../../core/time.ts'
import {
  column,
  fact,
  flexMessage,
  head,
  INK,
  type LineAction,
  type LineMessage,
  messageAction,
  postbackAction,
  QR_READER,
  text,
  textMessage,
  uriAction,
  withQuickReplies
} from '../../../platform/line/index.ts'
import type { KeptCoupon } from '../store/coupons.ts'
import type { Redemption } from '../store/redemptions.ts'
import type { CouponUse } from '../use-coupon.ts'
import type { UseRefusal } from '../why-not.ts'
import { couponHead, PLAIN_COLOUR, type View, wideButton } from './coupon-view.ts'
import { callPostback, stopPostback } from './postbacks.ts'
import { TEXTS } from './texts.ts'

/** A coupon that is used is grey: nobody takes it for one that can be. */
const USED_COLOUR = '#5f5853'

/** "At the counter now?": what to do there, and the way back. */
export function askedMessage(coupon: KeptCoupon, view: View): LineMessage {
  const texts = TEXTS[view.locale]
  const { serial, brand, terms } = coupon
  const scan = uriAction({ label: texts.scan, uri: QR_READER })
  const contents = {
    type: 'bubble',
    header: couponHead(coupon, view),
    body: column(
      [
        text(texts.atCounter, { size: 'lg', weight: 'bold', color: INK.strong, wrap: true }),
        text(texts.howToUse, { size: 'sm', color: INK.plain, wrap: true }),
        fact(texts.serial, serial)
      ],
      { spacing: 'md', paddingAll: '16px' }
    ),
    footer: wideButton(scan, brand?.colour ?? PLAIN_COLOUR)
  } as const
  const stop = postbackAction({ label: texts.stop, data: stopPostback.encode({}), displayText: texts.stop })
  const call = postbackAction({ label: texts.call, data: callPostback.encode({ serial }), displayText: texts.call })
  return withQuickReplies(flexMessage({ altText: texts.asked(terms.title[view.locale]), contents }), [call, stop])
}

/** The proof for staff to see: used, when to the second, where, and which. */
export function usedMessage({ coupon, redemption }: CouponUse, view: View, buttons: readonly LineAction[] = []) {
  const { locale, timeZone } = view
  const texts = TEXTS[locale]
  const when = formatMoment(redemption.at, locale, timeZone)
  const contents = {
    type: 'bubble',
    header: head(USED_COLOUR, [
      text(texts.usedTitle, { size: 'xxl', weight: 'bold', color: '#ffffff', wrap: true }),
      text(coupon.terms.title[locale], { size: 'md', color: '#ffffff', wrap: true, margin: 'sm' })
    ]),
    body: column(
      [
        text(when, { size: 'xl', weight: 'bold', color: INK.strong, wrap: true }),
        ...(redemption.shop
          ? [text(redemption.shop.name[locale], { size: 'xl', weight: 'bold', color: INK.strong, wrap: true })]
          : []),
        { type: 'separator', margin: 'lg', color: INK.line },
        fact(texts.serial, coupon.serial),
        text(texts.thanks, { size: 'sm', color: INK.plain, wrap: true })
      ],
      { spacing: 'md', paddingAll: '16px' }
    )
  } as const
  const message = flexMessage({ altText: texts.usedAlt(coupon.terms.title[locale], when), contents })
  return buttons.length > 0 ? withQuickReplies(message, buttons) : message
}

/** A use was undone: the coupon is the customer's again. */
export function returnedText({ terms }: KeptCoupon, { locale }: View): LineMessage {
  const texts = TEXTS[locale]
  return withQuickReplies(textMessage(texts.returned(terms.title[locale])), [walletAction(locale)])
}

/** Leads to the wallet. */
export function walletAction(locale: View['locale']): LineAction {
  return messageAction({ label: TEXTS[locale].showCoupons, text: TEXTS[locale].couponWord })
}

/** Why a coupon cannot be used, and the way on. */
export function refusalMessage(refusal: UseRefusal, view: View): LineMessage {
  return withQuickReplies(textMessage(refusalText(refusal, view)), [walletAction(view.locale)])
}

function refusalText(refusal: UseRefusal, view: View): string {
  const { locale, timeZone } = view
  const { refusals } = TEXTS[locale]
  switch (refusal.kind) {
    case 'used':
      return refusals.used(usedWhen(refusal.redemption, view), refusal.redemption.shop?.name[locale])
    case 'expired':
      return refusals.expired(formatDay(lastDayOf(refusal.at), locale, timeZone))
    case 'not_yet':
      return refusals.not_yet(formatDay(refusal.from, locale, timeZone))
    case 'other_shop':
      return refusals.other_shop(shopList(refusal.shops, view))
    default:
      return refusals[refusal.kind]
  }
}

/** Of one that was written down afterwards only the day is known. */
function usedWhen({ at, late }: Redemption, { locale, timeZone }: View): string {
  return late ? formatDay(at, locale, timeZone) : formatMoment(at, locale, timeZone)
}

const SHOPS_NAMED = 5

function shopList(shops: readonly LocaleText[], { locale }: View): string {
  const names = shops.slice(0, SHOPS_NAMED).map((name) => name[locale])
  const others = shops.length - SHOPS_NAMED
  return `${names.join(locale === 'ja' ? '・' : ', ')}${others > 0 ? TEXTS[locale].otherShops(others) : ''}`
}
