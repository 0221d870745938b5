import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { dayOf, daysBetween, formatDate, formatTime } from '../../../core/time.ts'
import {
  actions,
  button,
  type Card,
  context,
  escapeMrkdwn,
  fields,
  header,
  mentionOf,
  quote,
  section,
  slackDate,
  staffWords,
  staticSelect,
  usersSelect
} from '../../../platform/slack/index.ts'
import { cardButton, nameFor } from '../../customers/index.ts'
import type { CardData } from '../load-card.ts'
import { took } from '../rules/took.ts'
import type { FollowUp } from '../store/follow-ups.ts'
import { OUTCOME_NAMES } from '../texts.ts'
import { CARD_TEXTS } from './card-texts.ts'
import { ACTION, blockIdOf } from './ids.ts'
import { messageLines, reasonLines } from './reasons.ts'

/** How and when a card is looked at. */
interface Look {
  readonly now: Date
  readonly timeZone: string
  readonly locale: Locale
}

/** The card of a follow-up: everything one needs to decide while it is open, one line once it is resolved. */
export function followUpCard(data: CardData, clock: Omit<Look, 'locale'>): Card {
  const { followUp, language } = data
  const locale = language.value
  const look = { ...clock, locale }
  const head = `${CARD_TEXTS[locale].state[stateOf(followUp)]} #${followUp.number} ${nameFor(locale, data.customer.name)}`
  const blocks = followUp.resolvedAt ? resolvedBlocks(data, head, locale) : openBlocks(data, head, look)
  const title = followUp.resolvedAt ? undefined : data.reasons.findLast((reason) => reason.title)?.title?.[locale]
  const text = title ? `${head}: ${title}` : head
  // Both only grow, so their sum grows with a change of either.
  return { version: followUp.version + language.version, text: escapeMrkdwn(text), blocks }
}

/** What stands where the card of a customer who was erased was. */
export function erasedCard({ followUp, language }: Pick<CardData, 'followUp' | 'language'>): Card {
  const text = CARD_TEXTS[language.value].erased(followUp.number)
  return {
    version: followUp.version + language.version,
    text,
    blocks: [section(text, { blockId: blockIdOf(followUp, 'erased') })]
  }
}

function stateOf({ resolvedAt, snoozedUntil, priority }: FollowUp) {
  return resolvedAt ? 'resolved' : snoozedUntil ? 'snoozed' : priority
}

function openBlocks(data: CardData, title: string, look: Look): KnownBlock[] {
  const { followUp } = data
  const { locale } = look
  const texts = CARD_TEXTS[locale]
  const id = (part: string) => blockIdOf(followUp, part)
  const messages = messageLines(data, locale)
  return [
    header(title, id('head')),
    section(`*${texts.why}*\n${reasonLines(data, locale)}`, { blockId: id('why') }),
    ...(messages ? [section(`*${texts.messages}*\n${messages}`, { blockId: id('messages') })] : []),
    fields(facts(data, look), id('facts')),
    ...snoozeBlocks(followUp, look, id('snoozed')),
    actions(buttons(followUp, locale), id('actions')),
    context([texts.internal], id('internal'))
  ]
}

function facts({ followUp, customer, blocked }: CardData, look: Look): string[] {
  const { locale } = look
  const texts = CARD_TEXTS[locale]
  const tags = customer.tags.map((tag) => `\`${escapeMrkdwn(tag).replaceAll('`', "'")}\``).join(' ')
  return [
    `*${texts.stake}*\n${stake(customer, look)}`,
    `*${texts.due}*\n${deadline(followUp, look)}`,
    `*${texts.assignee}*\n${followUp.assigneeId ? mentionOf(followUp.assigneeId) : texts.nobody}`,
    `*${texts.tags}*\n${tags || texts.noTags}`,
    ...(blocked ? [texts.blocked] : [])
  ]
}

function stake(customer: CardData['customer'], { now, timeZone, locale }: Look): string {
  const texts = CARD_TEXTS[locale]
  const { visits, firstVisitAt, lastVisitAt } = customer
  if (!firstVisitAt || !lastVisitAt) return texts.noVisits
  const days = Math.max(0, daysBetween(dayOf(lastVisitAt, timeZone), dayOf(now, timeZone)))
  const since = texts.since(formatDate(firstVisitAt, locale, timeZone))
  return [texts.visits(visits), texts.lastVisit(days), since].join(locale === 'ja' ? ' ・ ' : ' · ')
}

function deadline({ dueAt, openedAt, respondedAt }: FollowUp, look: Look): string {
  const { locale } = look
  const texts = CARD_TEXTS[locale]
  if (respondedAt) return texts.answered(took(openedAt, respondedAt, locale))
  return dueAt <= look.now ? `${texts.overdue} ${instant(dueAt, look)}` : instant(dueAt, look)
}

function instant(at: Date, { locale, timeZone }: Look): string {
  return slackDate(at, formatTime(at, locale, timeZone))
}

function snoozeBlocks({ snoozedUntil }: FollowUp, look: Look, blockId: string): KnownBlock[] {
  if (!snoozedUntil) return []
  return [context([CARD_TEXTS[look.locale].snoozedUntil(instant(snoozedUntil, look))], blockId)]
}

function buttons({ id, customerId, assigneeId, respondedAt }: FollowUp, locale: Locale) {
  const { buttons: names, snoozes } = CARD_TEXTS[locale]
  const choices = Object.entries(snoozes).map(([value, text]) => ({ value, text }))
  return [
    ...(assigneeId && respondedAt
      ? []
      : [button({ text: names.claim, actionId: ACTION.claim, value: id, style: 'primary' })]),
    usersSelect({ actionId: ACTION.assign, placeholder: names.assign, ...(assigneeId && { initialUser: assigneeId }) }),
    button({ text: names.tag, actionId: ACTION.tag, value: id }),
    staticSelect({ actionId: ACTION.snooze, placeholder: names.snooze, choices }),
    button({ text: names.resolve, actionId: ACTION.resolve, value: id }),
    cardButton(customerId, locale)
  ]
}

function resolvedBlocks({ followUp }: CardData, title: string, locale: Locale): KnownBlock[] {
  const texts = CARD_TEXTS[locale]
  const { openedAt, respondedAt, resolvedAt, resolvedBy, assigneeId, outcome, note } = followUp
  const who = assigneeId ?? resolvedBy
  const line = [
    `*${escapeMrkdwn(title)}*`,
    who && `${texts.assignee} ${mentionOf(who)}`,
    respondedAt && texts.respondedIn(took(openedAt, respondedAt, locale)),
    resolvedAt && texts.resolvedIn(took(openedAt, resolvedAt, locale)),
    outcome && texts.outcome(OUTCOME_NAMES[outcome][locale])
  ]
  const text = line.filter(Boolean).join(locale === 'ja' ? ' ・ ' : ' · ')
  const reopen = button({ text: texts.buttons.reopen, actionId: ACTION.reopen, value: followUp.id })
  const blockId = blockIdOf(followUp, 'resolved')
  const words = note ? `${text}\n${quote(note, 200, staffWords)}` : text
  const blockIds = { words: blockId, buttons: blockIdOf(followUp, 'resolved_buttons') }
  const buttons = actions([reopen, cardButton(followUp.customerId, locale)], blockIds.buttons)
  return [section(words, { blockId: blockIds.words }), buttons]
}
