import type { Locale } from '../../../core/locale.ts'
import { escapeMrkdwn, quote } from '../../../platform/slack/index.ts'
import { hasCancelIntent } from '../../voice/index.ts'
import type { CardData } from '../load-card.ts'
import { isMeasured } from '../rules/reason.ts'
import { REASON_NAMES } from '../texts.ts'
import { CARD_TEXTS } from './card-texts.ts'

type Shown = CardData['reasons'][number]

/** A section of Slack holds 3,000 characters: five quotations of this length fit with room to spare. */
const WORDS_SHOWN = 300
const REASONS_SHOWN = 5
const MESSAGES_SHOWN = 3

/**
 * Why staff are asked: one line for each reason and the words under it, the newest five. Messages stand below; when there
 * is nothing else they are the reason.
 */
export function reasonLines({ reasons }: CardData, locale: Locale): string {
  const others = reasons.filter((reason) => reason.kind !== 'message')
  return others.length > 0 ? newest(others, REASONS_SHOWN, locale) : `• ${REASON_NAMES.message[locale]}`
}

/** What the customer wrote since, the newest three messages; empty when nothing. */
export function messageLines({ reasons }: CardData, locale: Locale): string {
  return newest(
    reasons.filter((reason) => reason.kind === 'message'),
    MESSAGES_SHOWN,
    locale
  )
}

function newest(reasons: readonly Shown[], count: number, locale: Locale): string {
  const hidden = reasons.length - count
  const shown = reasons.slice(-count)
  const lines = shown.flatMap((reason, index) => linesOf(reason, adds(reason, shown[index - 1]), locale))
  return [...(hidden > 0 ? [`_${CARD_TEXTS[locale].more(hidden)}_`] : []), ...lines].join('\n')
}

/** Whether a reason says more than its words: the answer to "why?" belongs to the score above it. */
function adds({ kind, score, title }: Shown, above: Shown | undefined): boolean {
  return title !== null || !isMeasured(kind) || above?.kind !== kind || (score !== null && score !== above.score)
}

function linesOf(reason: Shown, named: boolean, locale: Locale): string[] {
  const words = reason.withdrawn
    ? [`>_${CARD_TEXTS[locale].withdrawn}_`]
    : reason.words
      ? [quote(reason.words, WORDS_SHOWN)]
      : []
  if (reason.kind !== 'message' && (named || words.length === 0)) return [`• ${nameOf(reason, locale)}`, ...words]
  return leaving(reason) ? [`• *${REASON_NAMES.cancel_intent[locale]}*`, ...words] : words
}

/** Whether the words of a reason of another kind say that the customer wants to leave: staff must not overlook it. */
function leaving({ kind, words }: Shown): boolean {
  return kind !== 'cancel_intent' && words !== null && hasCancelIntent(words)
}

function nameOf(reason: Shown, locale: Locale): string {
  const { kind, title, score, scoreBefore } = reason
  const name = title ? escapeMrkdwn(title[locale]) : REASON_NAMES[kind][locale]
  const mark = leaving(reason) ? `${locale === 'ja' ? ' ・ ' : ' · '}*${REASON_NAMES.cancel_intent[locale]}*` : ''
  if (score === null) return name + mark
  const points = CARD_TEXTS[locale].points(score)
  return `${name} ${scoreBefore === null ? '' : `${scoreBefore} → `}*${points}*${mark}`
}
