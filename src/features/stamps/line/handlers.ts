import { comparable } from '../../../core/text.ts'
import { dayOf, formatDay, formatTime, startOfDay } from '../../../core/time.ts'
import {
  type LineHandlers,
  type LineMessage,
  type LineTurn,
  messageAction,
  textMessage,
  uriAction,
  withQuickReplies
} from '../../../platform/line/index.ts'
import type { View } from '../../coupons/index.ts'
import { readCode } from '../../shops/index.ts'
import { giveStamp, type StampGiven, type StampRefusal } from '../give-stamp.ts'
import { openCard } from '../open-card.ts'
import { cardMessage, countOf, QR_READER } from './card-view.ts'
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
  /** IANA name; stamps' days begin at its midnights. */
  readonly timeZone: string
  /** The clock by which counter codes run: business time, so that moving it brings new codes. */
  readonly counterNow: () => Date
}

/** What a customer can do with stamps: see the card on following, send a counter's code, ask for the card. */
export function lineHandlers(options: StampOptions): LineHandlers {
  return {
    follow: async (turn) => void (await showCard(turn, options)),
    knows: (text) => readCode(text) !== undefined || CARD_WORDS.has(comparable(text)),
    texts: {
      code: (turn, text) => takeCode(turn, text, options),
      word: (turn, text) => takeWord(turn, text, options)
    }
  }
}

async function takeWord(turn: LineTurn, text: string, options: StampOptions): Promise<boolean> {
  if (!CARD_WORDS.has(comparable(text))) return false
  await showCard(turn, options)
  return true
}

async function showCard(turn: LineTurn, { timeZone }: StampOptions): Promise<void> {
  const { work, customer } = turn
  const texts = TEXTS[customer.locale]
  const open = await openCard(work, customer.id, timeZone)
  if (!open) turn.say(textMessage(texts.no_programme))
  else {
    const heading = open.replacesExpired ? { line: texts.expiredCard } : {}
    turn.say(cardMessage(open.card, { locale: customer.locale, timeZone }, heading))
  }
}

async function takeCode(turn: LineTurn, text: string, { timeZone, counterNow }: StampOptions): Promise<boolean> {
  const { work, customer, ageMs } = turn
  const read = readCode(text)
  if (!read) return false
  const view = { locale: customer.locale, timeZone }
  if (read.kind === 'garbled') {
    turn.say(refusalMessage(read, view))
    return true
  }
  const now = counterNow()
  const sentAt = new Date(now.getTime() - ageMs)
  const request = { customerId: customer.id, code: read.code, sentAt, counterNow: now, timeZone }
  const outcome = await giveStamp(work, request, (given) => turn.say(...givenMessages(given, view)))
  if (!outcome.ok) turn.say(refusalMessage(outcome, view))
  return true
}

function givenMessages({ shop, replacesExpired, ...stamped }: StampGiven, view: View): LineMessage[] {
  const texts = TEXTS[view.locale]
  const name = shop.name[view.locale]
  const thanks = texts.thanks(name)
  const line = replacesExpired ? `${thanks}${texts.expiredCard}` : thanks
  return stampMessages(stamped, view, { line, altText: texts.stamped(name, countOf(stamped.card)) })
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
    default:
      return withQuickReplies(textMessage(texts[refusal.kind]), [scan, card])
  }
}

/** A day when the moment is its midnight, else date and time. */
function momentOf(at: Date, { locale, timeZone }: View): string {
  const midnight = startOfDay(dayOf(at, timeZone), timeZone)
  return midnight.getTime() === at.getTime() ? formatDay(at, locale, timeZone) : formatTime(at, locale, timeZone)
}
