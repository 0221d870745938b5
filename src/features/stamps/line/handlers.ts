import { comparable } from '../../../core/text.ts'
import { dayOf, formatDay, formatTime, startOfDay } from '../../../core/time.ts'
import {
  type LineHandlers,
  type LineMessage,
  type LineTurn,
  messageAction,
  QR_READER,
  textMessage,
  uriAction,
  withQuickReplies
} from '../../../platform/line/index.ts'
import type { View } from '../../coupons/index.ts'
import { readCode } from '../../shops/index.ts'
import { giveStamp, type StampGiven, type StampRefusal } from '../give-stamp.ts'
import { openCards } from '../open-cards.ts'
import { cardMessages } from './card-messages.ts'
import { countOf } from './card-view.ts'
import { stampMessages } from './hand-stamp.ts'
import { TEXTS } from './texts.ts'

const CARD_WORDS = new Set([
  'スタンプ',
  'スタンプカード',
  'カード',
  'すたんぷ',
  'stamp',
  'stamps',
  'stamp card',
  'card'
])

export interface StampOptions {
  /** The clock by which counter codes run: business time, so that moving it brings new codes. */
  readonly counterNow: () => Date
}

/** What a customer can do with stamps: see the card on following, send a counter's code, ask for the card. */
export function lineHandlers(options: StampOptions): LineHandlers {
  return {
    follow: showCard,
    knows: (text) => readCode(text) !== undefined || CARD_WORDS.has(comparable(text)),
    texts: {
      code: (turn, text) => takeCode(turn, text, options),
      word: takeWord
    }
  }
}

async function takeWord(turn: LineTurn, text: string): Promise<boolean> {
  if (!CARD_WORDS.has(comparable(text))) return false
  await showCard(turn)
  return true
}

async function showCard({ work, customer, say }: LineTurn): Promise<void> {
  const { locale } = customer
  const texts = TEXTS[locale]
  const open = await openCards(work, customer.id)
  const shown = open.map(({ card, replacesExpired }) => {
    return { card, heading: replacesExpired ? { line: texts.expiredCard } : {} }
  })
  if (shown.length === 0) say(textMessage(texts.no_programme))
  else say(...cardMessages(shown, { locale, timeZone: work.timeZone }))
}

async function takeCode(turn: LineTurn, text: string, { counterNow }: StampOptions): Promise<boolean> {
  const { work, customer, ageMs } = turn
  const read = readCode(text)
  if (!read) return false
  const view = { locale: customer.locale, timeZone: work.timeZone }
  if (read.kind === 'garbled') {
    turn.say(refusalMessage(read, view))
    return true
  }
  const now = counterNow()
  const sentAt = new Date(now.getTime() - ageMs)
  const request = { customerId: customer.id, code: read.code, sentAt, counterNow: now }
  const outcome = await giveStamp(work, request, (given) => turn.say(...givenMessages(given, view)))
  if (!outcome.ok) turn.say(refusalMessage(outcome, view))
  return true
}

function givenMessages({ shop, cards }: StampGiven, view: View): LineMessage[] {
  const texts = TEXTS[view.locale]
  const name = shop.name[view.locale]
  const shown = cards.map((stamped) => {
    const { card, count, coupons, replacesExpired } = stamped
    const news = [
      texts.thanks(name),
      ...(count > 1 ? [texts.doubled(count)] : []),
      ...(coupons.length > 0 ? [texts.halfway] : []),
      ...(replacesExpired ? [texts.expiredCard] : [])
    ]
    const line = news.join(view.locale === 'ja' ? '' : ' ')
    return { stamped, heading: { line, altText: texts.stamped(name, count, countOf(card)) } }
  })
  return stampMessages(shown, view)
}

/** Why there is no stamp, and what to do about it. */
export function refusalMessage(refusal: StampRefusal | { kind: 'garbled' }, view: View): LineMessage {
  const texts = TEXTS[view.locale]
  const card = messageAction({ label: texts.showCard, text: texts.cardWord })
  const scan = uriAction({ label: texts.scan, uri: QR_READER })
  switch (refusal.kind) {
    case 'too_soon':
      return withQuickReplies(textMessage(texts.tooSoon(momentOf(refusal.nextAt, view))), [card])
    case 'used':
      return withQuickReplies(textMessage(texts.used), [card])
    case 'no_programme':
      return textMessage(texts.no_programme)
    case 'not_here':
      return withQuickReplies(textMessage(texts.not_here), [card])
    default:
      return withQuickReplies(textMessage(texts[refusal.kind]), [scan, card])
  }
}

/** A day when the moment is its midnight, else date and time. */
function momentOf(at: Date, { locale, timeZone }: View): string {
  const midnight = startOfDay(dayOf(at, timeZone), timeZone)
  return midnight.getTime() === at.getTime() ? formatDay(at, locale, timeZone) : formatTime(at, locale, timeZone)
}
