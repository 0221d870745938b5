import type { Locale } from '../../core/locale.ts'

interface LineTexts {
  readonly consult: string
  readonly leaving: string
  readonly staying: string
  readonly complaint: string
  readonly received: string
  readonly guide: string
  readonly words: Readonly<Record<'stamp' | 'coupon' | 'consult', string>>
}

/** What customers read when they ask for a person, or say something that no other part takes. */
export const LINE_TEXTS: Readonly<Record<Locale, LineTexts>> = {
  ja: {
    consult:
      'ご相談ありがとうございます。スタッフにお伝えしました。お困りのことやご質問を、このままこのトークにお送りください。',
    leaving:
      'お気持ちをお知らせくださり、ありがとうございます。スタッフにお伝えしました。お手続きについてはスタッフからご案内しますので、少しお待ちください。理由やご要望があれば、このままお送りください。',
    staying:
      'ありがとうございます。解約のお手続きはしていませんので、ご安心ください。これからもどうぞよろしくお願いいたします。',
    complaint:
      'ご不快な思いをおかけし、申し訳ありません。お知らせくださり、ありがとうございます。スタッフにお伝えしましたので、お返事まで少しお待ちください。詳しい状況があれば、このままお送りください。',
    received: 'メッセージをありがとうございます。スタッフにお伝えしました。お返事まで少しお待ちください。',
    guide:
      'メッセージをありがとうございます。ご用件は下のボタンからお選びいただけます。ご質問やご要望は、このままお送りください。スタッフがお返事します。',
    words: { stamp: 'スタンプ', coupon: 'クーポン', consult: '相談' }
  },
  en: {
    consult:
      'Thank you for reaching out. Our staff know now. Please send your question or concern right here in this chat.',
    leaving:
      'Thank you for telling us. Our staff know now and will guide you through it, so please wait a little. If you would like to share a reason or a wish, just send it here.',
    staying: 'Thank you, we are glad. Nothing was cancelled, and we look forward to seeing you again.',
    complaint:
      'We are sorry about this, and thank you for telling us. Our staff know now; please wait a little for their answer. If there is more we should know, just send it here.',
    received: 'Thank you for your message. Our staff have it. Please wait a little for their answer.',
    guide:
      'Thank you for your message. The buttons below show what you can do here. Questions and wishes: just send them, our staff will answer.',
    words: { stamp: 'Stamps', coupon: 'Coupons', consult: 'Contact' }
  }
}
