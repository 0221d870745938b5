import type { Locale } from '../../core/locale.ts'

interface CustomerTexts {
  /** `name` as nameFor writes it; undefined when LINE told us none. */
  readonly welcome: (name: string | undefined) => string
  readonly welcomeBack: (name: string | undefined) => string
  readonly help: string
  /** Words that other rooms answer, offered as buttons under the help. At most 20 characters each. */
  readonly helpWords: readonly string[]
}

/** The first hello, and what a customer can do. */
export const TEXTS: Readonly<Record<Locale, CustomerTexts>> = {
  ja: {
    welcome: (name) =>
      `${name ? `${name}、` : ''}友だち追加ありがとうございます。\nご来店のたびにスタンプがたまります。お店では、レジの画面のQRコードを読み取ってください。`,
    welcomeBack: (name) => `${name ? `${name}、` : ''}おかえりなさい。\nまたお会いできてうれしいです。`,
    help: 'このトークでできることです。\n・「スタンプ」… スタンプカードを見る\n・「クーポン」… お使いいただけるクーポンを見る\n・「相談」… スタッフに相談する\n・「設定」… お知らせの頻度や同意を変える\nスタンプは、レジの画面のQRコードを読み取るか、表示されている文字を送ると押せます。',
    helpWords: ['スタンプ', 'クーポン', '相談', '設定']
  },
  en: {
    welcome: (name) =>
      `${name ? `Hello ${name}, thank` : 'Thank'} you for adding us.\nEach visit brings a stamp: scan the QR code at the counter.`,
    welcomeBack: (name) => `Welcome back${name ? `, ${name}` : ''}.\nIt is lovely to see you again.`,
    help: 'What you can do here:\n• “Stamps”: see your stamp card\n• “Coupons”: see your coupons\n• “Contact”: talk to our staff\n• “Settings”: how often we write, what you agree to\nTo get a stamp, scan the QR code at the counter, or send the code shown below it.',
    helpWords: ['Stamps', 'Coupons', 'Contact', 'Settings']
  }
}
