import type { Locale } from '../../core/locale.ts'

/** What the LINE road itself says to customers, when no feature has a better answer. */
export const TEXTS: Readonly<Record<Locale, { unknownButton: string; notText: string; unheard: string }>> = {
  ja: {
    unknownButton: 'このボタンは今はお使いいただけません。お手数ですが、「ヘルプ」と送ってもう一度お選びください。',
    notText:
      'ありがとうございます。申し訳ありませんが、写真やLINEスタンプは読み取れません。ご用件やお答えは、文字でお送りください。',
    unheard: 'メッセージをありがとうございます。「ヘルプ」と送ると、できることをご案内します。'
  },
  en: {
    unknownButton: 'This button no longer works. Please send "help" and choose again.',
    notText: "Thank you! I'm sorry, I can't read pictures or stickers. Please write your message or answer in words.",
    unheard: 'Thank you for your message. Send "help" to see what I can do for you.'
  }
}

/** What staff read once a month, when LINE takes no more pushes. `until` is a day for people. */
export const QUOTA_NOTICE: Readonly<Record<Locale, (until: string) => string>> = {
  ja: (until) =>
    `今月のLINE配信数が上限に達しました。お客様への返信はこれまでどおり届きますが、こちらからのお知らせは${until}まで保留します。` +
    'すぐに送るには、LINE Official Account Managerでプランまたは追加メッセージの上限を変更してください。',
  en: (until) =>
    `This month's LINE message quota is used up. Replies to customers still go out; messages we send first wait until ${until}. ` +
    'To send them now, raise the plan or the additional-message limit in LINE Official Account Manager.'
}
