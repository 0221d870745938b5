import type { Locale } from '../../../core/locale.ts'
import { formatYen } from '../../../core/money.ts'
import { addDays, formatDate } from '../../../core/time.ts'
import type { Missing } from '../rules/outlook.ts'
import { TEXTS } from './texts.ts'

/** What is missing, what is nearer first: "¥3,200、またはご来店2回"; undefined when nothing is. */
export function missingText({ spendYen, visits, nearest }: Missing, locale: Locale): string | undefined {
  if (spendYen === 0 || visits === 0) return undefined
  const texts = TEXTS[locale]
  const ways = [
    ...(spendYen === undefined ? [] : [texts.yen(formatYen(spendYen))]),
    ...(visits === undefined ? [] : [texts.visits(visits)])
  ]
  return (nearest === 'visits' ? ways.toReversed() : ways).join(texts.or)
}

/** A business day ("2026-11-21") for people. */
export function dayText(day: string, locale: Locale): string {
  return formatDate(new Date(`${day}T00:00:00Z`), locale, 'UTC')
}

/** The last day before one on which something ends. */
export function lastDayText(end: string, locale: Locale): string {
  return dayText(addDays(end, -1), locale)
}
