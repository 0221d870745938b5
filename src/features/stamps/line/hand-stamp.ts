import type { LineMessage } from '../../../platform/line/index.ts'
import type { Work } from '../../../platform/work.ts'
import { couponMessage, type Handing, type NoPresent, type View } from '../../coupons/index.ts'
import { presentStamp } from '../present-stamp.ts'
import type { Stamped } from '../put-stamps.ts'
import { cardMessages } from './card-messages.ts'
import { type CardHeading, countOf } from './card-view.ts'
import { TEXTS } from './texts.ts'

/** Gives a stamp and shows the card with it; "given", or why not. */
export async function handStamp(work: Work, to: Handing): Promise<'given' | NoPresent['kind']> {
  const view = { locale: to.locale, timeZone: work.timeZone }
  const { present, presented } = TEXTS[to.locale]
  const given = await presentStamp(work, to, (stamped) => {
    const heading = { line: present, altText: presented(countOf(stamped.card)) }
    work.tell(to.customerId, stampMessages([{ stamped, heading }], view))
  })
  return given.ok ? 'given' : given.kind
}

/** What a customer is shown of new stamps of one programme. */
export interface ShownStamps {
  readonly stamped: Stamped
  readonly heading: CardHeading
}

/** The cards with their new stamps; the coupons that they brought, and of those that are full the next ones. */
export function stampMessages(shown: readonly ShownStamps[], view: View): LineMessage[] {
  const texts = TEXTS[view.locale]
  const cards = shown.map(({ stamped: { card, completed }, heading }) => {
    return { card, heading: completed.length > 0 ? { ...heading, line: texts.full } : heading }
  })
  const next = shown.flatMap(({ stamped: { nextCard } }) =>
    nextCard ? [{ card: nextCard, heading: { line: texts.nextCard } }] : []
  )
  const coupons = shown.flatMap(({ stamped }) => stamped.coupons.map((coupon) => couponMessage(coupon, view)))
  return [...cardMessages(cards, view), ...coupons, ...cardMessages(next, view)]
}
