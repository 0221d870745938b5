import type { Locale } from '../../core/locale.ts'
import type { HelpLine } from '../../platform/line/index.ts'

interface CustomerTexts {
  /** `name` as nameFor writes it; undefined when LINE told us none. */
  readonly welcome: (name: string | undefined) => string
  readonly welcomeBack: (name: string | undefined) => string
  readonly help: string
  readonly helpLine: (line: HelpLine) => string
  /** Words that other rooms answer, whatever the shop has published: before those that these tell of themselves, and after. */
  readonly always: readonly HelpLine[]
  readonly atLast: readonly HelpLine[]
  readonly howToStamp: string
}

/** The first hello, and what a customer can do. */
export const TEXTS: Readonly<Record<Locale, CustomerTexts>> = {
  ja: {
    welcome: (name) =>
      `${name ? `${name}、` : ''}友だち追加ありがとうございます。\nご来店のたびにスタンプがたまります。お店では、レジの画面のQRコードを読み取ってください。`,
    welcomeBack: (name) => `${name ? `${name}、` : ''}おかえりなさい。\nまたお会いできてうれしいです。`,
    help: 'このトークでできることです。',
    helpLine: ({ word, does }) => `・「${word}」… ${does}`,
    always: [
      { word: 'スタンプ', does: 'スタンプカードを見る' },
      { word: 'クーポン', does: 'お使いいただけるクーポンを見る' }
    ],
    atLast: [
      { word: '相談', does: 'スタッフに相談する' },
      { word: '設定', does: 'お知らせの頻度や同意を変える' }
    ],
    howToStamp: 'スタンプは、レジの画面のQRコードを読み取るか、表示されている文字を送ると押せます。'
  },
  en: {
    welcome: (name) =>
      `${name ? `Hello ${name}, thank` : 'Thank'} you for adding us.\nEach visit brings a stamp: scan the QR code at the counter.`,
    welcomeBack: (name) => `Welcome back${name ? `, ${name}` : ''}.\nIt is lovely to see you again.`,
    help: 'What you can do here:',
    helpLine: ({ word, does }) => `• “${word}”: ${does}`,
    always: [
      { word: 'Stamps', does: 'see your stamp card' },
      { word: 'Coupons', does: 'see your coupons' }
    ],
    atLast: [
      { word: 'Contact', does: 'talk to our staff' },
      { word: 'Settings', does: 'how often we write, what you agree to' }
    ],
    howToStamp: 'To get a stamp, scan the QR code at the counter, or send the code shown below it.'
  }
}
