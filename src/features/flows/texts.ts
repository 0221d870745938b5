import type { Locale } from '../../core/locale.ts'

/** What the engine itself says to customers; the rest stands in the flows. */
export interface FlowTexts {
  readonly outOfRange: (min: number, max: number) => string
  readonly answered: string
  readonly closed: string
}

export const TEXTS: Readonly<Record<Locale, FlowTexts>> = {
  ja: {
    outOfRange: (min, max) => `恐れ入りますが、${min}〜${max}の数字でお答えください。`,
    answered:
      'この質問にはお答えいただいています。ありがとうございました。お伝えになりたいことがあれば、このままメッセージをお送りください。',
    closed: 'この質問の受付は終了しました。お伝えになりたいことがあれば、このままメッセージをお送りください。'
  },
  en: {
    outOfRange: (min, max) => `Please answer with a whole number from ${min} to ${max}.`,
    answered: 'You have answered this question already, thank you. If there is more to say, just send us a message.',
    closed: 'This question is closed. If there is something you would like to tell us, just send us a message.'
  }
}

/** What staff read when a flow names something that is not published. */
export const MISSING_TEXTS: Readonly<
  Record<Locale, Readonly<Record<'flow' | 'coupon' | 'card', (flow: string, name: string) => string>>>
> = {
  ja: {
    flow: (flow, name) =>
      `⚠️ フロー「${flow}」から続くはずのフロー「${name}」が公開されていないため、お客様のご案内はそこで終わりました。flows/ に「${name}」を戻すか、「${flow}」の goto を直して、もう一度公開してください。`,
    coupon: (flow, name) =>
      `⚠️ フロー「${flow}」でお渡しするはずのクーポン「${name}」が公開されていないため、お渡しできませんでした。flows/loyalty/coupons/ に「${name}」を戻すか、「${flow}」の give を直して、もう一度公開してください。`,
    card: (flow) =>
      `⚠️ スタンプカードが公開されていないため、フロー「${flow}」のスタンプをお渡しできませんでした。flows/loyalty/stamp-card.yaml を公開するか、「${flow}」の give を外してください。`
  },
  en: {
    flow: (flow, name) =>
      `⚠️ The flow "${flow}" goes on in "${name}", which is not published, so it ended there for the customer. Bring "${name}" back to flows/, or correct the goto of "${flow}", and publish again.`,
    coupon: (flow, name) =>
      `⚠️ The flow "${flow}" gives the coupon "${name}", which is not published, so the customer got none. Bring "${name}" back to flows/loyalty/coupons/, or correct the give of "${flow}", and publish again.`,
    card: (flow) =>
      `⚠️ No stamp card is published, so the flow "${flow}" could not give its stamp. Publish flows/loyalty/stamp-card.yaml, or take the give out of "${flow}".`
  }
}
