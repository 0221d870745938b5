import type { LineMessage } from '../../../platform/line/index.ts'
import type { Work } from '../../../platform/work.ts'
import { couponMessage, type Handing, type NoPresent, type View } from '../../coupons/index.ts'
import { presentStamp } from '../present-stamp.ts'
import type { Stamped } from '../put-stamp.ts'
import { type CardHeading, cardMessage, countOf } from './card-view.ts'
import { TEXTS } from './texts.ts'

/** Gives a stamp and shows the card with it; "given", or why not. */
export async function handStamp(work: Work, to: Handing): Promise<'given' | NoPresent['kind']> {
  const view = { locale: to.locale, timeZone: work.timeZone }
  const { present, presented } = TEXTS[to.locale]
  const given = await presentStamp(work, to, (stamped) =>
    work.tell(to.customerId, stampMessages(stamped, view, { line: present, altText: presented(countOf(stamped.card)) }))
  )
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
