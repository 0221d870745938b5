import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import type { Database } from '../../../platform/db/index.ts'
import { LANGUAGE, readSetting } from '../../../platform/settings/index.ts'
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
  staffWords
} from '../../../platform/slack/index.ts'
import { type CustomerSummary, customerSummary, nameFor } from '../../customers/index.ts'
import { isReachable } from '../reach.ts'
import { findRequest, type RightsRequest } from '../store.ts'
import { ACTION } from './ids.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** A section of Slack holds 3,000 characters, which escaping may double. */
const WORDS_SHOWN = 1000

interface Shown {
  readonly request: RightsRequest
  readonly customer: CustomerSummary | undefined
  /** Whether the customer reads on LINE what is decided. */
  readonly reached: boolean
  readonly locale: Locale
  readonly timeZone: string
}

/** A request as it is now: what to decide while it waits, one line once it has ended. */
export async function requestCard(db: Database, id: string, timeZone: string): Promise<Card | undefined> {
  return db.transaction(async (tx) => {
    const request = await findRequest(tx, db.cipher, id)
    if (!request) return undefined
    const language = await readSetting(tx, LANGUAGE)
    const customer = await customerSummary(tx, db.cipher, request.customerId)
    const reached = await isReachable(tx, db.cipher, request.customerId)
    const shown = { request, customer, reached, locale: language.value, timeZone }
    const text = titleOf(shown)
    const blocks = request.closedAt ? closedBlocks(shown, text) : openBlocks(shown, text)
    return { version: request.version + language.version, text: escapeMrkdwn(text), blocks }
  })
}

function titleOf({ request: { right, number, state }, customer, locale }: Shown): string {
  const texts = STAFF_TEXTS[locale]
  const name = customer ? nameFor(locale, customer.name) : texts.nobody
  return `🔐 ${texts.names[right]} #${number} ${name} ${texts.states[state]}`
}

function openBlocks(shown: Shown, title: string): KnownBlock[] {
  const { request, locale } = shown
  const texts = STAFF_TEXTS[locale]
  const id = (part: string) => `rights:${request.id}:v${request.version}:${part}`
  const waits = request.state === 'waiting'
  const told = shown.reached ? texts.told : texts.notReached
  return [
    header(title, id('head')),
    ...(request.detail
      ? [section(`*${texts.words}*\n${quote(request.detail, WORDS_SHOWN)}`, { blockId: id('words') })]
      : []),
    fields(factsOf(shown), id('facts')),
    ...(waits
      ? [section(texts.what[request.right], { blockId: id('what') }), actions(buttons(request, locale), id('actions'))]
      : []),
    context([request.right === 'erase' && waits ? `${texts.managersOnly} ${told}` : told], id('told'))
  ]
}

function factsOf(shown: Shown): string[] {
  const { request, locale } = shown
  const texts = STAFF_TEXTS[locale]
  const { requestedAt, dueAt, runAt, decidedBy, source } = request
  return [
    `*${texts.requested}*\n${instant(requestedAt, shown)}`,
    runAt ? `*${texts.runs}*\n${instant(runAt, shown)}` : `*${texts.due}*\n${instant(dueAt, shown)}`,
    ...(source ? [`*${texts.source}*\n${escapeMrkdwn(source)}`] : []),
    ...(decidedBy ? [`*${texts.by}*\n${mentionOf(decidedBy)}`] : [])
  ]
}

function closedBlocks(shown: Shown, title: string): KnownBlock[] {
  const { request, locale } = shown
  const texts = STAFF_TEXTS[locale]
  const line = [
    `*${escapeMrkdwn(title)}*`,
    request.closedAt && instant(request.closedAt, shown),
    request.decidedBy && `${texts.by} ${mentionOf(request.decidedBy)}`
  ]
  const text = line.filter(Boolean).join(locale === 'ja' ? ' ・ ' : ' · ')
  const reason = request.reason ? `\n${texts.reason}\n${quote(request.reason, WORDS_SHOWN, staffWords)}` : ''
  return [section(text + reason, { blockId: `rights:${request.id}:v${request.version}:closed` })]
}

function buttons({ id, right }: RightsRequest, locale: Locale) {
  const texts = STAFF_TEXTS[locale]
  const actionId = right === 'correct' ? ACTION.correct : ACTION.approve
  return [
    button({ text: texts.approve[right], actionId, value: id, style: right === 'erase' ? 'danger' : 'primary' }),
    button({ text: texts.decline, actionId: ACTION.decline, value: id })
  ]
}

function instant(at: Date, { locale, timeZone }: Shown): string {
  return slackDate(at, formatTime(at, locale, timeZone))
}
