import type { Locale } from '../../../core/locale.ts'
import { formatDate, lastDayOf } from '../../../core/time.ts'
import { escapeMrkdwn } from '../../../platform/slack/index.ts'
import type { PointsGlance } from '../glance.ts'
import { TEXTS } from './texts.ts'

/** How a customer stands with points, as one line of their card. */
export function pointsLine(
  { name, points, owed, next }: PointsGlance,
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string }
): string {
  const texts = TEXTS[locale]
  const ending = next && texts.ending(next.points, formatDate(lastDayOf(next.endsAt), locale, timeZone))
  const line = `💰 ${escapeMrkdwn(name[locale])} ${texts.points(points)}`
  return `${line}${ending ?? ''}${owed > 0 ? texts.owed(owed) : ''}`
}
