import type { Locale } from '../../../core/locale.ts'
import type { Result } from '../../../core/result.ts'
import type { LineMessage } from '../../../platform/line/index.ts'
import type { Work } from '../../../platform/work.ts'
import { couponMessage, type Handing, type NoPresent, type View } from '../../coupons/index.ts'
import { presentStamp } from '../present-stamp.ts'
import type { Stamped } from '../put-stamps.ts'
import { giveStaffStamp, type NoStaffStamp, type StaffStamp } from '../staff-stamp.ts'
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

/** Gives a stamp by the hand of staff and shows the customer the card with it. */
export function handStaffStamp(
  work: Work,
  { locale, ...request }: StaffStamp & { readonly locale: Locale }
): Promise<Result<Stamped, NoStaffStamp>> {
  const view = { locale, timeZone: work.timeZone }
  const { fromStaff, givenByStaff } = TEXTS[locale]
  return giveStaffStamp(work, request, (stamped) => {
    const heading = { line: fromStaff, altText: givenByStaff(countOf(stamped.card)) }
    work.tell(request.customerId, stampMessages([{ stamped, heading }], view))
  })
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
