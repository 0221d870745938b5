import type { Button, KnownBlock, ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { formatDay, formatMoment, lastDayOf } from '../../../core/time.ts'
import {
  actions,
  button,
  type Card,
  context,
  escapeMrkdwn,
  header,
  mentionOf,
  modal,
  section
} from '../../../platform/slack/index.ts'
import { cardButton } from '../../customers/index.ts'
import type { KeptCoupon } from '../store/coupons.ts'
import type { Redemption } from '../store/redemptions.ts'
import { ACTION } from './ids.ts'
import { STAFF_TEXTS } from './texts.ts'

/** Who reads, and when. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
  readonly now: Date
}

/** A coupon as staff see it. */
export interface SeenCoupon {
  readonly coupon: KeptCoupon
  /** Its use that counts. */
  readonly redemption: Redemption | undefined
  /** Until when the use can be undone. */
  readonly undoableUntil: Date | undefined
}

/** Opens a customer's coupons, from wherever the customer is shown. */
export function couponsButton(customerId: string, locale: Locale): Button {
  return button({ text: STAFF_TEXTS[locale].coupons, actionId: ACTION.list, value: customerId })
}

/** A customer's coupons, with what can be done with each; `customerId` is whom a new one is given to. */
export function couponsModal(customerId: string, seen: readonly SeenCoupon[], reader: Reader): ModalView {
  const texts = STAFF_TEXTS[reader.locale]
  const give = button({ text: texts.give, actionId: ACTION.give, value: customerId, style: 'primary' })
  return modal({
    callbackId: ACTION.list,
    title: texts.coupons,
    close: texts.close,
    blocks: [
      actions([give]),
      ...(seen.length === 0 ? [section(texts.none)] : seen.flatMap((one) => couponBlocks(one, reader)))
    ]
  })
}

/** A coupon's card, in the language of the team. */
export function couponCard(seen: SeenCoupon, reader: Reader, version: number): Card {
  const { coupon, redemption } = seen
  const texts = STAFF_TEXTS[reader.locale]
  const isOpen = coupon.state === 'held' && !isOver(coupon, reader.now)
  const text = `${texts.card} ${coupon.serial}`
  const blocks: KnownBlock[] = [
    ...(isOpen ? [header(texts.card)] : []),
    section(couponText(seen, reader)),
    actions([...buttonsOf(seen, reader), cardButton(coupon.customerId, reader.locale)]),
    ...(isOpen ? [context([texts.cardHow])] : [])
  ]
  return { version: version + coupon.version, text: redemption ? stateText(seen, reader) : text, blocks }
}

function couponBlocks(seen: SeenCoupon, reader: Reader): KnownBlock[] {
  const buttons = buttonsOf(seen, reader)
  return [section(couponText(seen, reader)), ...(buttons.length > 0 ? [actions(buttons)] : [])]
}

function couponText(seen: SeenCoupon, reader: Reader): string {
  const { terms, serial } = seen.coupon
  return `*${escapeMrkdwn(terms.title[reader.locale])}*  \`${serial}\`\n${stateText(seen, reader)}`
}

function stateText({ coupon, redemption }: SeenCoupon, reader: Reader): string {
  const { locale, timeZone, now } = reader
  const texts = STAFF_TEXTS[locale]
  if (redemption) {
    const by = redemption.staff ? mentionOf(redemption.staff) : texts.byCode
    return texts.used(momentText(redemption, reader), shopText(redemption, locale), by)
  }
  if (coupon.state !== 'held') return texts.states.withdrawn
  const { validFrom, expiresAt } = coupon
  const end = expiresAt ? texts.until(formatDay(lastDayOf(expiresAt), locale, timeZone)) : texts.noEnd
  if (isOver(coupon, now)) return `${texts.states.expired} ・ ${end}`
  const begin = validFrom && validFrom > now ? [texts.from(formatDay(validFrom, locale, timeZone))] : []
  return [texts.states.held, ...begin, end].join(' ・ ')
}

/** When a coupon was used; of what was written down afterwards only the day is known. */
export function momentText({ at, late }: Redemption, { locale, timeZone }: Reader): string {
  return late ? `${formatDay(at, locale, timeZone)}${STAFF_TEXTS[locale].late}` : formatMoment(at, locale, timeZone)
}

/** Where a coupon was used. */
export function shopText({ shop }: Redemption, locale: Locale): string {
  return shop ? escapeMrkdwn(shop.name[locale]) : STAFF_TEXTS[locale].anyShop
}

const isOver = ({ expiresAt }: KeptCoupon, now: Date) => expiresAt !== undefined && expiresAt <= now

/** One that ran out can still be written down as used: for the day before. */
function buttonsOf({ coupon, undoableUntil }: SeenCoupon, { locale, now }: Reader): Button[] {
  const { use, undo, withdraw } = STAFF_TEXTS[locale]
  const value = coupon.serial
  if (coupon.state === 'held')
    return [
      button({ text: use, actionId: ACTION.use, value, style: 'primary' }),
      button({ text: withdraw, actionId: ACTION.withdraw, value })
    ]
  return undoableUntil && undoableUntil >= now ? [button({ text: undo, actionId: ACTION.undo, value })] : []
}
