import type { messagingApi } from '@line/bot-sdk'
import type { Locale } from '../../../core/locale.ts'
import { formatYen } from '../../../core/money.ts'
import { formatDay, lastDayOf } from '../../../core/time.ts'
import {
  column,
  fact,
  flexMessage,
  head,
  INK,
  type LineAction,
  type LineMessage,
  postbackAction,
  text
} from '../../../platform/line/index.ts'
import type { Coupon } from '../store/coupons.ts'
import { morePostback, usePostback } from './postbacks.ts'
import { TEXTS } from './texts.ts'

/** Who looks. */
export interface View {
  readonly locale: Locale
  readonly timeZone: string
}

/** Of a coupon while the shop has no brand. */
export const PLAIN_COLOUR = '#7a4b2a'

/** Coupons shown at once: a carousel takes 12 bubbles and 50 KB, and one leads to the rest. */
export const COUPONS_SHOWN = 10
const SHOPS_NAMED = 3

/** One coupon just given. */
export function couponMessage(coupon: Coupon, view: View): LineMessage {
  const altText = TEXTS[view.locale].couponGranted(coupon.terms.title[view.locale])
  return flexMessage({ altText, contents: bubble(coupon, view) })
}

/** 1 to COUPONS_SHOWN coupons, to leaf through; `next` = how many to skip to see the others. */
export function couponsMessage(
  coupons: readonly Coupon[],
  view: View,
  { count = coupons.length, next }: { count?: number; next?: number | undefined } = {}
): LineMessage {
  const more = next === undefined ? [] : [moreBubble(next, view)]
  const contents: messagingApi.FlexCarousel = {
    type: 'carousel',
    contents: [...coupons.map((one) => bubble(one, view)), ...more]
  }
  return flexMessage({ altText: TEXTS[view.locale].couponCount(count), contents })
}

/** The coloured head of a coupon. */
export function couponHead({ brand, terms }: Coupon, { locale }: View): messagingApi.FlexBox {
  const name = `${brand?.name[locale] ?? ''} ${TEXTS[locale].coupon}`.trim()
  return head(brand?.colour ?? PLAIN_COLOUR, [
    text(name, { size: 'sm', color: '#ffffff', wrap: true }),
    text(terms.title[locale], { size: 'xl', weight: 'bold', color: '#ffffff', wrap: true, margin: 'sm' })
  ])
}

/** A button as wide as its bubble. */
export function wideButton(action: LineAction, color: string): messagingApi.FlexBox {
  return column([{ type: 'button', style: 'primary', height: 'sm', color, action }], { paddingAll: '12px' })
}

function bubble(coupon: Coupon, view: View): messagingApi.FlexBubble {
  const { terms, serial, brand } = coupon
  const texts = TEXTS[view.locale]
  const use = postbackAction({ label: texts.use, data: usePostback.encode({ serial }), displayText: texts.use })
  return {
    type: 'bubble',
    header: couponHead(coupon, view),
    body: column(
      [
        text(terms.note[view.locale], { size: 'sm', color: INK.plain, wrap: true }),
        { type: 'separator', margin: 'lg', color: INK.line },
        ...conditions(coupon, view),
        fact(texts.serial, serial),
        fact(texts.validUntil, validity(coupon, view))
      ],
      { spacing: 'md', paddingAll: '16px' }
    ),
    footer: wideButton(use, brand?.colour ?? PLAIN_COLOUR)
  }
}

/** What the coupon gives and asks for, beyond what its title and note say. */
function conditions({ terms, shopNames }: Coupon, { locale }: View): messagingApi.FlexBox[] {
  const texts = TEXTS[locale]
  const { gives, minimum_spend_yen: least } = terms
  const names = shopNames?.slice(0, SHOPS_NAMED).map((name) => name[locale])
  const others = (shopNames?.length ?? 0) - SHOPS_NAMED
  const shops = names && `${names.join(locale === 'ja' ? '・' : ', ')}${others > 0 ? texts.otherShops(others) : ''}`
  return [
    ...(gives ? [fact(texts.gives, givesText(gives, locale))] : []),
    ...(least === undefined ? [] : [fact(texts.minimum, texts.from(formatYen(least)))]),
    ...(shops ? [fact(texts.shops, shops)] : [])
  ]
}

/** What a coupon gives, in a few words. */
function givesText(gives: NonNullable<Coupon['terms']['gives']>, locale: Locale): string {
  if ('percent' in gives) return TEXTS[locale].percent(gives.percent)
  return 'yen' in gives ? TEXTS[locale].yen(formatYen(gives.yen)) : gives.gift[locale]
}

function validity({ validFrom, expiresAt }: Coupon, { locale, timeZone }: View): string {
  const until = expiresAt ? formatDay(lastDayOf(expiresAt), locale, timeZone) : TEXTS[locale].noEnd
  return validFrom ? TEXTS[locale].period(formatDay(validFrom, locale, timeZone), until) : until
}

function moreBubble(skip: number, { locale }: View): messagingApi.FlexBubble {
  const texts = TEXTS[locale]
  const action = postbackAction({ label: texts.more, data: morePostback.encode({ skip }), displayText: texts.more })
  return {
    type: 'bubble',
    body: column([{ type: 'button', style: 'link', action }], { justifyContent: 'center', paddingAll: '16px' })
  }
}
