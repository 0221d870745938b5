import type { Locale, LocaleText } from '../../core/locale.ts'
import { formatDate } from '../../core/time.ts'
import type { Nearly } from './rules/answers.ts'

/** What the engine itself says to customers; the rest stands in the flows. */
export interface FlowTexts {
  readonly outOfRange: (min: number, max: number) => string
  readonly wrongCount: (min: number, max: number) => string
  readonly wrongDay: (from: string, until: string) => string
  readonly needsYear: string
  /** After each tick of several; `labels` are those ticked by now. */
  readonly chosen: (labels: string) => string
  readonly noneChosen: string
  readonly answered: string
  readonly closed: string
}

export const TEXTS: Readonly<Record<Locale, FlowTexts>> = {
  ja: {
    outOfRange: (min, max) => `恐れ入りますが、${min}〜${max}の数字でお答えください。`,
    wrongCount: (min, max) =>
      `恐れ入りますが、${min === max ? `${min}つ` : `${min}つから${max}つまで`}お選びください。`,
    wrongDay: (from, until) => `恐れ入りますが、${from}から${until}までの日付でお答えください。`,
    needsYear: '恐れ入りますが、年もあわせてお知らせください。（例：1990年11月28日）',
    chosen: (labels) => `選択中：${labels}\nほかにもあれば続けてお選びください。よろしければ「決定」を押してください。`,
    noneChosen: '選択を外しました。あてはまるものをお選びください。',
    answered:
      'この質問にはお答えいただいています。ありがとうございました。お伝えになりたいことがあれば、このままメッセージをお送りください。',
    closed: 'この質問の受付は終了しました。お伝えになりたいことがあれば、このままメッセージをお送りください。'
  },
  en: {
    outOfRange: (min, max) => `Please answer with a whole number from ${min} to ${max}.`,
    wrongCount: (min, max) => `Please choose ${min === max ? min : `from ${min} to ${max}`} of these.`,
    wrongDay: (from, until) => `Please answer with a date from ${from} to ${until}.`,
    needsYear: 'Please tell us the year as well, as in 1990-11-28.',
    chosen: (labels) => `Chosen: ${labels}\nChoose more if they apply, or tap “Done”.`,
    noneChosen: 'Nothing is chosen now. Please choose what applies.',
    answered: 'You have answered this question already, thank you. If there is more to say, just send us a message.',
    closed: 'This question is closed. If there is something you would like to tell us, just send us a message.'
  }
}

/** What a customer reads whose answer can't be taken as it is. */
export function nearlyTexts(nearly: Nearly): LocaleText {
  return { ja: nearlyText(nearly, 'ja'), en: nearlyText(nearly, 'en') }
}

function nearlyText(nearly: Nearly, locale: Locale): string {
  const texts = TEXTS[locale]
  switch (nearly.kind) {
    case 'out_of_range':
      return texts.outOfRange(nearly.min, nearly.max)
    case 'wrong_count':
      return texts.wrongCount(nearly.min, nearly.max)
    case 'wrong_day':
      return texts.wrongDay(dayText(nearly.from, locale), dayText(nearly.until, locale))
    case 'needs_year':
      return texts.needsYear
  }
}

function dayText(day: string, locale: Locale): string {
  return formatDate(new Date(`${day}T00:00:00Z`), locale, 'UTC')
}

/** What staff read when a flow names something that is not published. */
export const MISSING_TEXTS: Readonly<
  Record<Locale, Readonly<Record<'flow' | 'coupon' | 'card' | 'points', (flow: string, name: string) => string>>>
> = {
  ja: {
    flow: (flow, name) =>
      `⚠️ フロー「${flow}」から続くはずのフロー「${name}」が公開されていないため、お客様のご案内はそこで終わりました。flows/ に「${name}」を戻すか、「${flow}」の goto を直して、もう一度公開してください。`,
    coupon: (flow, name) =>
      `⚠️ フロー「${flow}」でお渡しするはずのクーポン「${name}」が公開されていないため、お渡しできませんでした。flows/loyalty/coupons/ に「${name}」を戻すか、「${flow}」の give を直して、もう一度公開してください。`,
    card: (flow) =>
      `⚠️ スタンプカードが公開されていないため、フロー「${flow}」のスタンプをお渡しできませんでした。flows/loyalty/stamp-card.yaml を公開するか、「${flow}」の give を外してください。`,
    points: (flow) =>
      `⚠️ ポイントが公開されていないため、フロー「${flow}」のポイントをお渡しできませんでした。flows/loyalty/points.yaml を公開するか、「${flow}」の give を外してください。`
  },
  en: {
    flow: (flow, name) =>
      `⚠️ The flow "${flow}" goes on in "${name}", which is not published, so it ended there for the customer. Bring "${name}" back to flows/, or correct the goto of "${flow}", and publish again.`,
    coupon: (flow, name) =>
      `⚠️ The flow "${flow}" gives the coupon "${name}", which is not published, so the customer got none. Bring "${name}" back to flows/loyalty/coupons/, or correct the give of "${flow}", and publish again.`,
    card: (flow) =>
      `⚠️ No stamp card is published, so the flow "${flow}" could not give its stamp. Publish flows/loyalty/stamp-card.yaml, or take the give out of "${flow}".`,
    points: (flow) =>
      `⚠️ No points are published, so the flow "${flow}" could not give any. Publish flows/loyalty/points.yaml, or take the give out of "${flow}".`
  }
}
