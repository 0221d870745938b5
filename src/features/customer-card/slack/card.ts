import type { KnownBlock, ModalView } from '@slack/types'
import { formatDate } from '../../../core/time.ts'
import {
  actions,
  button,
  context,
  divider,
  escapeMrkdwn,
  fields,
  header,
  may,
  modal,
  quote,
  type Role,
  section
} from '../../../platform/slack/index.ts'
import { couponsButton } from '../../coupons/index.ts'
import { maskIdentity, maskName, nameFor } from '../../customers/index.ts'
import { startButton } from '../../flow-desk/index.ts'
import { pointsButton } from '../../points/index.ts'
import { plainIdentity, tailOf } from '../rules/told-id.ts'
import { TEXTS } from '../texts.ts'
import type { CustomerCard } from '../view-customer.ts'
import { personText } from './about.ts'
import { factTexts, type Look, openLines } from './facts.ts'
import { ACTION } from './ids.ts'
import { eventLine } from './timeline.ts'

/** Who looks at a card, with what right, and when. */
export interface CardLook extends Look {
  readonly role: Role
}

const WORDS_SHOWN = 200

/** A customer's card: viewers see no full name, no contacts and no words; cs see words, managers everything. */
export function cardModal(card: CustomerCard, look: CardLook): ModalView {
  const { title, close } = TEXTS[look.locale]
  return modal({ callbackId: 'customer.card', title, close, blocks: cardBlocks(card, look) })
}

/** The name as somebody of this role may see it. */
export function shownName(name: string | undefined, { role, locale }: Pick<CardLook, 'role' | 'locale'>): string {
  return nameFor(locale, name === undefined || may(role, 'cs') ? name : maskName(name))
}

function cardBlocks(card: CustomerCard, look: CardLook): KnownBlock[] {
  const texts = TEXTS[look.locale]
  const isStaff = may(look.role, 'cs')
  const open = openLines(card, look)
  const person = personText(card.attributes, look.locale)
  return [
    header(shownName(card.customer.name, look)),
    context([whoLine(card, look)]),
    ...(isStaff && person ? [context([person])] : []),
    fields(factTexts(card, look)),
    section(`*${texts.labels.open}*\n${open.join('\n') || texts.nothing}`),
    ...(isStaff ? [...answerBlocks(card, look), ...identityBlocks(card, look)] : []),
    ...(isStaff ? [actions(quickActions(card, look))] : []),
    divider(),
    ...timelineBlocks(card, look),
    context(isStaff ? [texts.viewed] : [texts.masked, texts.viewed])
  ]
}

function whoLine({ customer }: CustomerCard, { locale, timeZone }: CardLook): string {
  const texts = TEXTS[locale]
  const line = customer.identities.findLast(({ kind }) => kind === 'line')
  const date = (at: Date) => formatDate(at, locale, timeZone)
  const reach = line?.blockedAt ? texts.line.blocked(date(line.blockedAt)) : texts.line[line ? 'reachable' : 'none']
  const parts = [reach, texts.locale[customer.locale], texts.since(date(customer.createdAt)), `ID \`${customer.id}\``]
  return parts.join(locale === 'ja' ? ' ・ ' : ' · ')
}

/** Words that the customer took back are gone, and so is their line. */
function answerBlocks({ answers }: CustomerCard, { locale, timeZone }: CardLook): KnownBlock[] {
  const texts = TEXTS[locale]
  const lines = answers
    .filter(({ number, text }) => number !== undefined || text !== undefined)
    .map(({ survey, question, number, text, at }) => {
      const score = number === undefined ? '' : ` *${texts.points(number)}*`
      const words = text === undefined ? '' : `\n${quote(text, WORDS_SHOWN)}`
      return `• ${escapeMrkdwn(`${survey} / ${question}`)}${score} (${formatDate(at, locale, timeZone)})${words}`
    })
  return lines.length > 0 ? [section(`*${texts.labels.answers}*\n${lines.join('\n')}`)] : []
}

/** A manager sees contacts in full, cs as much as it takes to compare them; LINE's own id tells nobody anything. */
function identityBlocks({ customer }: CustomerCard, { locale, role }: CardLook): KnownBlock[] {
  const texts = TEXTS[locale]
  const shown = (kind: string, value: string) =>
    escapeMrkdwn(role === 'manager' ? plainIdentity(value) : maskIdentity(kind, value))
  const lines = customer.identities
    .filter(({ kind }) => kind !== 'line' && kind !== 'anonymous')
    .slice(0, 10)
    .map(({ kind, value }) => `${texts.kinds[kind] ?? kind}: ${shown(kind, value)}`)
  return lines.length > 0 ? [section(`*${texts.labelIdentities}*\n${lines.join('\n')}`)] : []
}

function quickActions({ customer, points }: CustomerCard, { locale }: CardLook) {
  const { tag, followUp, stamp, voidStamp } = TEXTS[locale].buttons
  return [
    button({ text: tag, actionId: ACTION.tag, value: customer.id }),
    button({ text: followUp, actionId: ACTION.followUp, value: customer.id }),
    button({ text: stamp, actionId: ACTION.stamp, value: customer.id }),
    button({ text: voidStamp, actionId: ACTION.voidStamp, value: customer.id }),
    startButton(customer.id, locale),
    couponsButton(customer.id, locale),
    ...(points ? [pointsButton(customer.id, locale)] : [])
  ]
}

function timelineBlocks({ customer, timeline, shops }: CustomerCard, look: CardLook): KnownBlock[] {
  const texts = TEXTS[look.locale]
  const lines = timeline.events.map((event) => eventLine(event, shops, look))
  const { id } = customer
  const last = timeline.events.at(-1)
  const below = last && { at: last.at.toISOString(), id: last.id }
  const buttons = [
    ...(timeline.hasOlder && below
      ? [button({ text: texts.older, actionId: ACTION.older, value: JSON.stringify({ id, below }) })]
      : []),
    ...(timeline.isFirst ? [] : [button({ text: texts.newest, actionId: ACTION.newest, value: id })])
  ]
  return [
    section(`*${texts.timeline}*\n${lines.join('\n') || texts.noEvents}`),
    ...(buttons.length > 0 ? [actions(buttons)] : [])
  ]
}

/** Several customers to choose from. */
export function listModal(
  { found, more }: { readonly found: readonly Found[]; readonly more: boolean },
  look: Pick<CardLook, 'role' | 'locale'>,
  choose: (id: string) => ReturnType<typeof button>
): ModalView {
  const texts = TEXTS[look.locale]
  return modal({
    callbackId: 'customer.list',
    title: texts.listTitle,
    close: texts.close,
    blocks: [
      section(texts.listIntro),
      ...found.map((one) => section(foundLine(one, look), { accessory: choose(one.id) })),
      ...(more ? [context([texts.listMore])] : [])
    ]
  })
}

interface Found {
  readonly id: string
  readonly name: string | undefined
  readonly lastDay: string | undefined
}

function foundLine({ id, name, lastDay }: Found, look: Pick<CardLook, 'role' | 'locale'>): string {
  const texts = TEXTS[look.locale]
  const seen = lastDay ? texts.lastSeen(lastDay) : texts.neverSeen
  return `*${escapeMrkdwn(shownName(name, look))}* \`${tailOf(id)}\`\n${seen}`
}
