import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { formatDay } from '../../../core/time.ts'
import {
  actions,
  button,
  type Card,
  confirmation,
  context,
  divider,
  escapeMrkdwn,
  mentionOf,
  section
} from '../../../platform/slack/index.ts'
import { maskIdentity, maskName } from '../../customers/index.ts'
import { MERGE_REASONS } from '../rules/reasons.ts'
import type { Pair } from '../store/duplicates.ts'
import type { Merge } from '../store/merges.ts'
import type { Seen } from '../store/people.ts'
import { TEXTS } from '../texts.ts'

/** Names of the buttons. */
export const ACTION = { same: 'duplicate.same', apart: 'duplicate.apart', undo: 'merge.undo' } as const

/** For whom something is written out. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
}

/** A customer, masked: enough to compare two, too little to tell who they are. */
function personLine(person: Seen, { locale, timeZone }: Reader): string {
  const texts = TEXTS[locale]
  const day = (at: Date) => formatDay(at, locale, timeZone)
  const { name, identities, since, visits, orders, amountYen, lastAt } = person
  const known = [
    ...identities.map(({ channel, value }) =>
      channel === 'line' ? 'LINE' : `${channel} ${maskIdentity(channel, value)}`
    ),
    texts.since(day(since)),
    ...(visits > 0 ? [texts.visits(visits)] : []),
    ...(orders > 0 ? [texts.orders(orders, amountYen.toLocaleString('en-US'))] : []),
    ...(lastAt ? [texts.lastSeen(day(lastAt))] : [])
  ]
  return `*${escapeMrkdwn(name ? maskName(name) : texts.nameless)}* ${known.map(escapeMrkdwn).join(' ・ ')}`
}

/** Two customers side by side, why they may be one person, and the buttons to decide. */
export function pairBlocks(pair: Pair, people: readonly Seen[], why: string, reader: Reader): KnownBlock[] {
  const texts = TEXTS[reader.locale]
  const value = `${pair.a}:${pair.b}`
  return [
    section(people.map((person) => `• ${personLine(person, reader)}`).join('\n')),
    context([texts.why(reasonText(why, reader.locale))]),
    actions([
      button({ text: texts.same, actionId: ACTION.same, value, style: 'primary', confirm: confirmation(texts.sure) }),
      button({ text: texts.apart, actionId: ACTION.apart, value })
    ]),
    divider()
  ]
}

/** The pair that a button carries; undefined for anything that is not ours. Says nothing about rights. */
export function pairIn(value: string): Pair | undefined {
  const [, a, b] = PAIR.exec(value) ?? []
  return a && b && a < b ? { a, b } : undefined
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const PAIR = new RegExp(`^(${ID}):(${ID})$`)

/** The merge that a button carries; undefined for anything that is not ours. */
export function mergeIdIn(value: string): string | undefined {
  return new RegExp(`^${ID}$`).test(value) ? value : undefined
}

/** A merge as everybody in the channel sees it; with a button while it can be undone. */
export function mergeCard(merge: Merge, person: Seen | undefined, reader: Reader): Card {
  const texts = TEXTS[reader.locale]
  const text = merge.undoneAt ? texts.cardUndone : texts.cardTitle
  return {
    version: merge.undoneAt ? 2 : 1,
    text,
    blocks: [section(`*${text}*`), ...mergeBlocks(merge, person, reader)]
  }
}

/** Who was merged, by whom and why, and what came of it. */
export function mergeBlocks(merge: Merge, person: Seen | undefined, reader: Reader): KnownBlock[] {
  const { locale, timeZone } = reader
  const texts = TEXTS[locale]
  const done = texts.by(whoText(merge.mergedBy, locale), formatDay(merge.mergedAt, locale, timeZone))
  return [
    ...(person ? [section(personLine(person, reader))] : []),
    context([done, texts.why(reasonText(merge.reason, locale))]),
    ...(merge.undoneAt ? [context(undoneTexts(merge, locale))] : [actions([undoButton(merge, locale)])])
  ]
}

function undoneTexts({ undoneBy, stays }: Merge, locale: Locale): string[] {
  const texts = TEXTS[locale]
  return [texts.undoneBy(whoText(undoneBy ?? '', locale)), ...(stays > 0 ? [texts.stays(stays)] : [])]
}

function undoButton({ id }: Merge, locale: Locale) {
  const texts = TEXTS[locale]
  return button({ text: texts.undo, actionId: ACTION.undo, value: id, confirm: confirmation(texts.sureUndo) })
}

/** Who decided, as merges name them: "staff:U01…", "system:matane", "customer:…". */
export function whoText(who: string, locale: Locale): string {
  const [kind, id = ''] = who.split(':')
  if (kind === 'staff') return mentionOf(id)
  return kind === 'customer' ? TEXTS[locale].customer : TEXTS[locale].matane
}

function reasonText(stored: string, locale: Locale): string {
  const known = MERGE_REASONS.find((reason) => reason === stored)
  return known ? TEXTS[locale].reasons[known] : escapeMrkdwn(stored)
}
