import { comparable } from '../../../core/text.ts'
import {
  button,
  type Click,
  type Command,
  escapeMrkdwn,
  type Mention,
  type SlackHandlers,
  section
} from '../../../platform/slack/index.ts'
import { CARD_ACTION, cardButton, customerSummary, knownTags } from '../../customers/index.ts'
import { customerOfFollowUp, RECORD_TYPE } from '../../follow-ups/index.ts'
import { viewTags } from '../change-tags.ts'
import { findCustomer } from '../find-customer.ts'
import { type PageRef, parsePageRef } from '../rules/page-ref.ts'
import { TEXTS } from '../texts.ts'
import { viewCustomer } from '../view-customer.ts'
import { cardModal, listModal, shownName } from './card.ts'
import { followUpForm, tagForm } from './forms.ts'
import { ACTION } from './ids.ts'
import { lookOf } from './look.ts'
import { openStampForm, stampMention } from './stamp.ts'
import { submissions } from './submissions.ts'
import { openVoidForm } from './void-stamp.ts'

const KNOWN_TAGS = 100
const CARD_WORDS = /^(?:お客[様さ]ま?|お客様カード|顧客|customer|customer card)[。.!]?$/

/** "/matane customer …", the button on cards that name a customer, and "@matane お客様" in their threads. */
export const slack: SlackHandlers = {
  verbs: { customer: { role: 'viewer', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run: find } },
  actions: {
    [CARD_ACTION]: { role: 'viewer', run: showCard },
    [ACTION.older]: { role: 'viewer', run: showCard },
    [ACTION.newest]: { role: 'viewer', run: showCard },
    [ACTION.tag]: { role: 'cs', run: (click) => withPage(click, (page) => openTagForm(click, page)) },
    [ACTION.stamp]: { role: 'cs', run: (click) => withPage(click, ({ id }) => openStampForm(click, id)) },
    [ACTION.voidStamp]: { role: 'cs', run: (click) => withPage(click, ({ id }) => openVoidForm(click, id)) },
    [ACTION.followUp]: {
      role: 'cs',
      run: (click) => withPage(click, ({ id }) => click.openModal(followUpForm(id, click.staff.locale)))
    }
  },
  submissions,
  mentions: [stampMention, { role: 'viewer', matches: (text) => CARD_WORDS.test(comparable(text)), run: offerCard }]
}

async function find(turn: Command): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const { finding, card } = await turn.perform(turn.cause, async (work) => {
    const found = await findCustomer(work, turn.text, turn.staff.id)
    const id = found.kind === 'one' ? found.id : undefined
    return { finding: found, card: id && (await viewCustomer(work, { id }, turn.staff.id)) }
  })
  if (finding.kind === 'unreadable') return turn.whisper(texts.usage)
  if (finding.kind === 'some') return turn.openModal(listModal(finding, lookOf(turn), (id) => choose(id, texts.choose)))
  if (!card) return turn.whisper(texts.none)
  await turn.openModal(cardModal(card, lookOf(turn)))
}

function choose(id: string, text: string) {
  return button({ text, actionId: CARD_ACTION, value: id })
}

function showCard(click: Click): Promise<void> {
  return withPage(click, async (page) => {
    const card = await click.perform(click.cause, (work) => viewCustomer(work, page, click.staff.id))
    if (card) await click.openModal(cardModal(card, lookOf(click)))
    else await click.whisper(TEXTS[click.staff.locale].gone)
  })
}

async function withPage(click: Click, run: (page: PageRef) => Promise<void>): Promise<void> {
  const page = parsePageRef(click.value)
  await (page ? run(page) : click.whisper(TEXTS[click.staff.locale].staleButton))
}

async function openTagForm(click: Click, { id }: PageRef): Promise<void> {
  const { locale, id: by } = click.staff
  const known = await knownTags(click.scope.db.prisma, KNOWN_TAGS)
  const chosen = await click.perform(click.cause, (work) => viewTags(work, id, by))
  await (chosen ? click.openModal(tagForm(id, { chosen, known }, locale)) : click.whisper(TEXTS[locale].gone))
}

/** A mention opens no modal: only a click may. */
async function offerCard(turn: Mention): Promise<void> {
  const { locale, role } = turn.staff
  const texts = TEXTS[locale]
  const { record } = turn
  if (record?.type !== RECORD_TYPE) return turn.whisper(texts.noRecord)
  const customer = await turn.perform(turn.cause, async ({ tx, cipher }) => {
    const id = await customerOfFollowUp(tx, record.id)
    return id === undefined ? undefined : customerSummary(tx, cipher, id)
  })
  if (!customer) return turn.whisper(texts.gone)
  const words = texts.inThread(escapeMrkdwn(shownName(customer.name, { role, locale })))
  await turn.whisper(words, [section(words, { accessory: cardButton(customer.id, locale) })])
}
