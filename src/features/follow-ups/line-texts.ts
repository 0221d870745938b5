import type { Locale } from '../../core/locale.ts'

interface LineTexts {
  readonly consult: string
  readonly leaving: string
  readonly received: string
  readonly lost: string
  readonly words: Readonly<Record<'stamp' | 'coupon' | 'consult', string>>
}

/** What customers read when they ask for a person, or say something that no other part understood. */
export const LINE_TEXTS: Readonly<Record<Locale, LineTexts>> = {
  ja: {
    consult:
      'ご相談ありがとうございます。スタッフにお伝えしました。お困りのことやご質問を、このままこのトークにお送りください。',
    leaving:
      'お気持ちをお知らせくださり、ありがとうございます。スタッフにお伝えしました。お手続きについてはスタッフからご案内しますので、少しお待ちください。理由やご要望があれば、このままお送りください。',
    received: 'メッセージをありがとうございます。スタッフにお伝えしました。お返事まで少しお待ちください。',
    lost: 'メッセージをありがとうございます。申し訳ありません、ご用件がわかりませんでした。下のボタンからお選びください。スタッフとお話しになりたいときは「相談」と送ってください。',
    words: { stamp: 'スタンプ', coupon: 'クーポン', consult: '相談' }
  },
  en: {
    consult:
      'Thank you for reaching out. Our staff know now. Please send your question or concern right here in this chat.',
    leaving:
      'Thank you for telling us. Our staff know now and will guide you through it, so please wait a little. If you would like to share a reason or a wish, just send it here.',
    received: 'Thank you for your message. Our staff have it. Please wait a little for their answer.',
    lost: 'Thank you for your message. Sorry, I did not understand it. Please choose from the buttons below, or send "contact" to talk to our staff.',
    words: { stamp: 'stamp', coupon: 'coupon', consult: 'contact' }
  }
}
