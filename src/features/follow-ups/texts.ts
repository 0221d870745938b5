import type { Locale } from '../../core/locale.ts'
import { formatTime } from '../../core/time.ts'
import { mentionOf, slackDate, staffWords } from '../../platform/slack/index.ts'
import { isMeasured, type NewReason, type ReasonKind } from './rules/reason.ts'
import type { Change, Outcome } from './rules/state.ts'

type Texts = Readonly<Record<Locale, string>>

export const OUTCOME_NAMES: Readonly<Record<Outcome, Texts>> = {
  retained: { ja: '引き留めできた', en: 'Retained' },
  watch: { ja: '様子見', en: 'Wait and see' },
  lost: { ja: '離れてしまった', en: 'Lost' },
  false_alarm: { ja: '誤検知', en: 'False alarm' },
  merged: { ja: 'ほかのフォローにまとめた', en: 'Joined with another follow-up' }
}

export const REASON_NAMES: Readonly<Record<ReasonKind, Texts>> = {
  nps: { ja: 'NPS', en: 'NPS' },
  csat: { ja: '満足度（CSAT）', en: 'Satisfaction (CSAT)' },
  ces: { ja: '手間の少なさ（CES）', en: 'Ease (CES)' },
  flow: { ja: 'アンケート・シナリオ', en: 'Survey or scenario' },
  consult: { ja: 'スタッフへの相談', en: 'Wants to talk to staff' },
  cancel_intent: { ja: '解約・退会のご意向', en: 'Wants to cancel' },
  complaint: { ja: 'ご不満の声', en: 'Complaint' },
  message: { ja: 'お客様からのメッセージ', en: 'A message from the customer' },
  staff: { ja: 'スタッフの気づき', en: 'Noted by staff' }
}

const WORDS: ReadonlyMap<string, Texts> = new Map<string, Texts>([
  ...Object.entries(REASON_NAMES),
  ...Object.entries(OUTCOME_NAMES)
])

/** What the kind or the outcome of a follow-up, as its events carry it, is called; undefined when it is none. */
export function followUpWord(code: string, locale: Locale): string | undefined {
  return WORDS.get(code)?.[locale]
}

interface Lines {
  readonly claim: (actor: string) => string
  readonly assign: (actor: string, to: string) => string
  readonly snooze: (actor: string, until: string) => string
  /** `who` is asked by name; "" when nobody has it. */
  readonly wake: (number: number, who: string) => string
  readonly remind: (number: number, who: string) => string
  readonly resolve: (actor: string, outcome: Outcome, note: string) => string
  readonly reopen: (actor: string) => string
  readonly given: (to: string) => string
  readonly reason: (name: string) => string
  readonly explained: () => string
  readonly message: () => string
  readonly woken: () => string
  readonly withdrawn: () => string
  readonly erased: () => string
}

const LINES: Readonly<Record<Locale, Lines>> = {
  ja: {
    claim: (actor) => `🙋 ${actor} さんが担当になりました。`,
    assign: (actor, to) =>
      actor === to ? `🙋 ${to} さんが担当になりました。` : `👤 ${actor} さんが ${to} さんを担当にしました。`,
    snooze: (actor, until) => `💤 ${actor} さんが ${until} までスヌーズしました。`,
    wake: (number, who) => `⏰ #${number}: スヌーズが終わりました。${who && `${who} さん、`}対応をお願いします。`,
    remind: (number, who) =>
      `⏰ #${number}: 初回応答の期限を過ぎました。${who && `${who} さん、`}「担当する」を押して対応をお願いします。`,
    resolve: (actor, outcome, note) =>
      `✅ ${actor} さんが解決しました。結果: ${OUTCOME_NAMES[outcome].ja}${note && `\n${note}`}`,
    reopen: (actor) => `🔄 ${actor} さんが再オープンしました。`,
    given: (to) => `👤 ${to} さん、このお客様の対応をお願いします(自動で担当になりました)。`,
    reason: (name) => `🔔 新しい理由が加わりました: ${name}(カードをご覧ください)。`,
    explained: () => '🔔 お客様が評価の理由を書いてくださいました(カードをご覧ください)。',
    message: () => '💬 お客様から新しいメッセージが届きました(カードをご覧ください)。',
    woken: () => ' スヌーズを解除しました。',
    withdrawn: () => '🗑 お客様がメッセージの送信を取り消したため、カードから消しました。',
    erased: () => '🗑 お客様のご依頼により消去しました。'
  },
  en: {
    claim: (actor) => `🙋 ${actor} takes this.`,
    assign: (actor, to) => (actor === to ? `🙋 ${to} takes this.` : `👤 ${actor} assigned ${to}.`),
    snooze: (actor, until) => `💤 ${actor} snoozed this until ${until}.`,
    wake: (number, who) => `⏰ #${number}: The snooze is over. ${who ? `${who}, please` : 'Please'} take care of it.`,
    remind: (number, who) =>
      `⏰ #${number}: The first answer is overdue. ${who ? `${who}, please` : 'Please'} press “Claim” and take care of it.`,
    resolve: (actor, outcome, note) =>
      `✅ ${actor} resolved this. Outcome: ${OUTCOME_NAMES[outcome].en}${note && `\n${note}`}`,
    reopen: (actor) => `🔄 ${actor} reopened this.`,
    given: (to) => `👤 ${to}, please look after this customer (assigned automatically).`,
    reason: (name) => `🔔 One more reason: ${name} (see the card).`,
    explained: () => '🔔 The customer wrote the reason for the score (see the card).',
    message: () => '💬 A new message from the customer (see the card).',
    woken: () => ' The snooze is lifted.',
    withdrawn: () => '🗑 The customer unsent a message, so it was removed from the card.',
    erased: () => '🗑 Erased at the customer’s request.'
  }
}

/** What a line may name: who acted, on which follow-up, with what note, and whose it is now. */
interface Told {
  readonly actor: string
  readonly number: number
  readonly note?: string | undefined
  readonly assigneeId: string | null
  /** Slack shows an instant in each reader's own zone; the shop's is for notifications and old clients. */
  readonly timeZone: string
}

/** What the thread says of a change; undefined when the card says enough. */
export function threadLine(
  change: Change,
  { actor, number, note, assigneeId, timeZone }: Told,
  locale: Locale
): string | undefined {
  const lines = LINES[locale]
  const who = mentionOf(actor)
  switch (change.kind) {
    case 'claim':
    case 'reopen':
      return lines[change.kind](who)
    case 'wake':
    case 'remind':
      return lines[change.kind](number, assigneeId ? mentionOf(assigneeId) : '')
    case 'assign':
      return lines.assign(who, mentionOf(change.to))
    case 'snooze':
      return lines.snooze(who, slackDate(change.until, formatTime(change.until, locale, timeZone)))
    case 'resolve':
      return lines.resolve(who, change.outcome, note ? staffWords(note) : '')
    default:
      return undefined
  }
}

/** What the thread says of a follow-up that goes on in another one, as both are about the same person. */
export function mergedLine(number: number, locale: Locale): string {
  return locale === 'ja'
    ? `🔗 同じお客様とわかったため、#${number} にまとめました。続きは #${number} をご覧ください。`
    : `🔗 This turned out to be the same customer: it goes on in #${number}.`
}

/** What the thread says to whom a follow-up was given without anybody's doing. */
export const givenLine = (to: string, locale: Locale): string => LINES[locale].given(mentionOf(to))

/** What the thread says when a reason joins an open follow-up. Never the customer's words or score: they may take them back. */
export function reasonLine(reason: Pick<NewReason, 'kind' | 'score'>, wakes: boolean, locale: Locale): string {
  return newsOf(reason, locale) + (wakes ? LINES[locale].woken() : '')
}

function newsOf({ kind, score }: Pick<NewReason, 'kind' | 'score'>, locale: Locale): string {
  const lines = LINES[locale]
  if (kind === 'message') return lines.message()
  // The words after a score are no news of their own: they explain it.
  if (isMeasured(kind) && score === undefined) return lines.explained()
  return lines.reason(REASON_NAMES[kind][locale])
}

/** What the thread says when the customer took words back. */
export const withdrawnLine = (locale: Locale): string => LINES[locale].withdrawn()

/** What stands in the thread of an erased customer's follow-up instead of what we said there. */
export const erasedLine = (locale: Locale): string => LINES[locale].erased()
