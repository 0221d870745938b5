import { formatYen } from '../../../core/money.ts'
import { truncate } from '../../../core/text.ts'
import { dayOf, formatDate, formatTime } from '../../../core/time.ts'
import { escapeMrkdwn, mentionOf, slackDate } from '../../../platform/slack/index.ts'
import type { KeptTouch } from '../../attribution/index.ts'
import type { CustomerFigures } from '../../events/index.ts'
import { pointsLine } from '../../points/index.ts'
import { tierLine } from '../../tiers/index.ts'
import { type Rhythm, rhythmOf } from '../rules/rhythm.ts'
import { TEXTS } from '../texts.ts'
import type { CustomerCard } from '../view-customer.ts'
import { consentText } from './about.ts'
import type { Reader } from './timeline.ts'

/** Who looks, and when. */
export interface Look extends Reader {
  readonly now: Date
}

/** A day of the store ("2026-11-21") for people. */
function dayText(day: string, { locale }: Reader): string {
  return formatDate(new Date(`${day}T00:00:00Z`), locale, 'UTC')
}

/** What is known of a customer in figures: up to ten short texts in two columns. */
export function factTexts({ customer, consent, figures, touches }: CustomerCard, look: Look): string[] {
  const { labels, nothing, noFigures } = TEXTS[look.locale]
  const tags = customer.tags.map((tag) => `\`${escapeMrkdwn(tag).replaceAll('`', "'")}\``).join(' ')
  const known = figures ? figureTexts(figures, look) : [`*${labels.stage}*\n${noFigures}`]
  return [
    ...known,
    ...touchTexts(touches, look),
    `*${labels.tags}*\n${tags || nothing}`,
    consentText(consent, look.locale)
  ]
}

/** Where they came from; the last time is told when it was another. */
function touchTexts(touches: CustomerCard['touches'], look: Look): string[] {
  if (!touches) return []
  const { labels, firstTouch, lastTouch } = TEXTS[look.locale]
  const [first, last] = [touchText(touches.first, look), touchText(touches.last, look)]
  const again = touches.last.at > touches.first.at ? `\n${lastTouch(last)}` : ''
  return [`*${labels.source}*\n${firstTouch(first)}${again}`]
}

function touchText(touch: KeptTouch, { locale, timeZone }: Look): string {
  const { ref, source, medium, campaign, lpVariant } = touch
  const parts = [ref, source, medium, campaign, lpVariant && `LP ${lpVariant}`].flatMap((part) => part ?? [])
  const told = parts.map((part) => escapeMrkdwn(truncate(part, 60))).join(' / ')
  return `${told} (${formatDate(touch.at, locale, timeZone)})`
}

function figureTexts(figures: CustomerFigures, look: Look): string[] {
  const texts = TEXTS[look.locale]
  const { labels } = texts
  const rhythm = rhythmOf(figures, dayOf(look.now, look.timeZone))
  const { nps, visits } = figures
  return [
    `*${labels.stage}*\n${stage(figures, look)}`,
    `*${labels.rfm}*\n${figures.scores ? rfm(figures.scores, look) : texts.notRated}`,
    `*${labels.value}*\n${value(figures, look)}`,
    `*${labels.rhythm}*\n${rhythm ? rhythmText(rhythm, look) : texts.noGap}`,
    `*${labels.visits}*\n${texts.visits(visits)}`,
    ...(nps ? [`*${labels.nps}*\n${texts.points(nps.score)} (${formatDate(nps.at, look.locale, look.timeZone)})`] : []),
    `*${labels.contacts}*\n${contacts(figures, look)}`
  ]
}

function stage({ stage: name, stageSince }: CustomerFigures, look: Look): string {
  const texts = TEXTS[look.locale]
  if (!name) return texts.notRated
  return stageSince ? `${texts.stages[name]} (${texts.stageSince(dayText(stageSince, look))})` : texts.stages[name]
}

function rfm({ recency, frequency, money }: NonNullable<CustomerFigures['scores']>, { locale }: Look): string {
  return TEXTS[locale].rfm(recency, frequency, money)
}

function value({ value: { yen90d, yen365d, yenEver, orders } }: CustomerFigures, { locale }: Look): string {
  const texts = TEXTS[locale]
  return texts.value(formatYen(yen90d), formatYen(yen365d), formatYen(yenEver)) + texts.orders(orders)
}

function rhythmText({ daysSince, gapMeanDays, gapSpreadDays, overdueRatio }: Rhythm, { locale }: Look): string {
  const texts = TEXTS[locale]
  const gap = gapMeanDays === undefined ? texts.noGap : texts.gap(gapMeanDays.toFixed(1), gapSpreadDays?.toFixed(1))
  const overdue = overdueRatio !== undefined && overdueRatio > 1 ? texts.overdue(overdueRatio.toFixed(1)) : ''
  return `${gap}\n${texts.away(daysSince)}${overdue}`
}

function contacts({ messagesSent, messagesClicked, inquiries, negatives }: CustomerFigures, { locale }: Look): string {
  const texts = TEXTS[locale]
  return `${texts.sent(messagesSent, messagesClicked)}\n${texts.inquiries(inquiries, negatives)}`
}

/** What goes on with a customer now, a line each. */
export function openLines({ followUps, flows, tier, stampCards, coupons, points }: CustomerCard, look: Look): string[] {
  const { locale, timeZone } = look
  const texts = TEXTS[locale]
  const end =
    coupons.firstEnd && texts.couponsEnd(formatDate(new Date(coupons.firstEnd.getTime() - 1), locale, timeZone))
  return [
    ...(followUps.open ? [followUpLine(followUps.open, look)] : []),
    ...flows.map(({ flow, startedAt }) => `📋 ${texts.flow(flow, formatDate(startedAt, locale, timeZone))}`),
    ...(tier ? [`🏅 ${escapeMrkdwn(tierLine(tier, locale))}`] : []),
    ...stampCards.map((card) => `💮 ${texts.stampCard({ ...card, title: escapeMrkdwn(card.title[locale]) })}`),
    ...(coupons.count > 0 ? [`🎟 ${texts.coupons(coupons.count)}${end ?? ''}`] : []),
    ...(points ? [pointsLine(points, look)] : []),
    ...(followUps.resolved > 0 ? [`✅ ${texts.resolved(followUps.resolved)}`] : [])
  ]
}

function followUpLine(open: NonNullable<CustomerCard['followUps']['open']>, { locale, timeZone }: Look): string {
  const texts = TEXTS[locale]
  const time = (at: Date) => slackDate(at, formatTime(at, locale, timeZone))
  const parts = [
    `${open.priority === 'high' ? '🔴' : '🟡'} *${texts.followUp(open.number)}*`,
    open.assigneeId ? texts.assignee(mentionOf(open.assigneeId)) : texts.nobody,
    open.respondedAt ? texts.answered : texts.due(time(open.dueAt)),
    ...(open.snoozedUntil ? [texts.snoozed(time(open.snoozedUntil))] : [])
  ]
  return parts.join(locale === 'ja' ? ' ・ ' : ' · ')
}
