import type { Locale } from '../../../core/locale.ts'
import { TEXTS as CUSTOMER_TEXTS } from '../line/texts.ts'
import { dayText, lastDayText, missingText } from '../line/words.ts'
import type { Outlook } from '../rules/outlook.ts'
import { TEXTS } from './texts.ts'

/** Where a customer stands, in one line for staff. */
export function tierLine({ tier, since, keptUntil, next, grace }: Outlook, locale: Locale): string {
  const texts = TEXTS[locale]
  const toKeep = grace && missingText(grace.missing, locale)
  const toNext = next && missingText(next, locale)
  return texts.standing(tier.name[locale], [
    ...(since ? [texts.since(dayText(since, locale))] : []),
    ...(grace && toKeep ? [texts.grace(toKeep, lastDayText(grace.until, locale))] : []),
    ...(keptUntil && !grace ? [texts.until(lastDayText(keptUntil, locale))] : []),
    ...(next && toNext ? [`${CUSTOMER_TEXTS[locale].toGo(toNext)}${next.tier.name[locale]}`] : [])
  ])
}
