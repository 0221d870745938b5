import type { Locale } from '../../../core/locale.ts'
import { formatYen } from '../../../core/money.ts'
import { truncate } from '../../../core/text.ts'
import { formatTime } from '../../../core/time.ts'
import { escapeMrkdwn, slackDate } from '../../../platform/slack/index.ts'
import type { KnownEvent, TimelineEvent } from '../../events/index.ts'
import { followUpWord } from '../../follow-ups/index.ts'
import { EVENT_TEXTS } from '../event-texts.ts'
import type { CustomerCard } from '../view-customer.ts'

/** How a card is looked at. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
}

/** Codes that tell people something, in the order in which they stand. Ids of things do not. */
const TOLD = [
  ...['platform', 'path', 'feature', 'topic', 'channel', 'sentiment', 'plan', 'reason_code', 'survey', 'question'],
  ...['value', 'coupon', 'campaign', 'utm_source', 'utm_campaign', 'variant', 'ref', 'kind', 'outcome']
] as const

/** One event as one line: when, what, and what is worth knowing of it. A custom event is told by its own name. */
export function eventLine(event: TimelineEvent, shops: CustomerCard['shops'], reader: Reader): string {
  const { locale, timeZone } = reader
  const when = slackDate(event.at, formatTime(event.at, locale, timeZone))
  const known = isKnown(event.name) ? EVENT_TEXTS[event.name] : undefined
  const what = known ? `${known.icon} ${known[locale]}` : `🔹 ${escapeMrkdwn(event.name)}`
  const more = [shopName(event, shops, locale), ...figures(event, locale), ...codes(event, locale)].filter(Boolean)
  return `${when} ${what}${more.length > 0 ? ` — ${more.join(locale === 'ja' ? '・' : ', ')}` : ''}`
}

function isKnown(name: string): name is KnownEvent {
  return Object.hasOwn(EVENT_TEXTS, name)
}

function shopName({ shop }: TimelineEvent, shops: CustomerCard['shops'], locale: Locale): string {
  return escapeMrkdwn((shop && shops.get(shop)?.[locale]) ?? shop ?? '')
}

function figures({ properties }: TimelineEvent, locale: Locale): string[] {
  const { amount, score, position, goal } = properties
  return [
    ...(typeof amount === 'number' ? [formatYen(amount)] : []),
    ...(typeof score === 'number' ? [locale === 'ja' ? `${score}点` : `${score}`] : []),
    ...(typeof position === 'number' ? [typeof goal === 'number' ? `${position}/${goal}` : `${position}`] : [])
  ]
}

function codes({ name, properties }: TimelineEvent, locale: Locale): string[] {
  return TOLD.flatMap((key) => {
    const value = properties[key]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    const word = name.startsWith('follow_up.') ? followUpWord(String(value), locale) : undefined
    return [word ?? escapeMrkdwn(truncate(String(value), 60))]
  })
}
