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
