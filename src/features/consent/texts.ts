import type { Locale } from '../../core/locale.ts'
import { type Frequency, LESS_DAYS } from './rules/contact.ts'
import type { Purpose } from './rules/purpose.ts'

interface ConsentTexts {
  /** Under the welcome's question. */
  readonly anytime: string
  /** Buttons have at most 20 characters. */
  readonly buttons: Readonly<Record<'yes' | 'no' | 'frequency' | 'consents' | 'language' | 'privacy' | 'back', string>>
  readonly title: string
  /** While a shop has published no wordings. */
  readonly purposes: Readonly<Record<Purpose, string>>
  readonly frequencies: Readonly<Record<Frequency, string>>
  readonly now: (frequency: string) => string
  readonly language: string
  readonly uses: string
  readonly always: string
  readonly choose: string
  readonly chooseFrequency: (now: string) => string
  readonly consentsTitle: string
  readonly allow: (label: string) => string
  readonly stop: (label: string) => string
  readonly consentNow: (label: string, allowed: boolean) => string
  readonly frequencyNow: Readonly<Record<Frequency, string>>
  readonly languageNow: string
  readonly howToChange: string
}

/** What customers read about their settings. */
export const TEXTS: Readonly<Record<Locale, ConsentTexts>> = {
  ja: {
    anytime: '（「設定」と送ると、いつでも変えられます）',
    buttons: {
      yes: 'はい、受け取ります',
      no: 'いいえ',
      frequency: 'お知らせの頻度',
      consents: 'データの使い道',
      language: 'English',
      privacy: 'プライバシー',
      back: '設定にもどる'
    },
    title: '⚙️ いまの設定',
    purposes: { service: 'サービス', research: 'アンケート', marketing: 'お得情報', profiling: '分析' },
    frequencies: { normal: 'いつもどおり', less: '少なめ', coupons: 'クーポンだけ', stop: '停止' },
    now: (frequency) => `お知らせ: ${frequency}`,
    language: '言語: 日本語',
    uses: 'データの使い道:',
    always: '（ご利用に必要です）',
    choose: '変えたいものを、下のボタンからお選びください。',
    chooseFrequency: (now) =>
      `お知らせは、いま「${now}」です。\n・いつもどおり\n・少なめ … 多くても${LESS_DAYS}日に1回\n・クーポンだけ … クーポンのご案内だけ\n・停止 … ご利用に必要なご連絡だけ\nどれになさいますか？`,
    consentsTitle: 'データの使い道と、いまのご同意です。',
    allow: (label) => `${label}を許可する`,
    stop: (label) => `${label}をやめる`,
    consentNow: (label, allowed) =>
      allowed
        ? `「${label}」を許可していただきました。ありがとうございます。`
        : `「${label}」には使いません。承りました。`,
    frequencyNow: {
      normal: 'お知らせを「いつもどおり」にしました。',
      less: `お知らせを「少なめ」（多くても${LESS_DAYS}日に1回）にしました。`,
      coupons: 'お知らせを「クーポンだけ」にしました。',
      stop: 'お知らせを停止しました。スタンプやお問い合わせなど、ご利用に必要なご連絡だけお送りします。'
    },
    languageNow: 'これからは日本語でご案内します。',
    howToChange: '変えるときは「設定」と送ってください。'
  },
  en: {
    anytime: '(Send "settings" to change this at any time.)',
    buttons: {
      yes: 'Yes, please',
      no: 'No, thanks',
      frequency: 'How often',
      consents: 'Use of my data',
      language: '日本語',
      privacy: 'Privacy',
      back: 'Back to settings'
    },
    title: '⚙️ Your settings',
    purposes: { service: 'Service', research: 'Surveys', marketing: 'Offers', profiling: 'Analysis' },
    frequencies: { normal: 'as usual', less: 'less often', coupons: 'only coupons', stop: 'stopped' },
    now: (frequency) => `Messages: ${frequency}`,
    language: 'Language: English',
    uses: 'Use of your data:',
    always: ' (needed for the service)',
    choose: 'What would you like to change? Choose below.',
    chooseFrequency: (now) =>
      `Messages now: ${now}.\n• as usual\n• less often: at most once in ${LESS_DAYS} days\n• only coupons\n• stopped: only what the service needs\nWhich one would you like?`,
    consentsTitle: 'How your data is used, and what you agreed to:',
    allow: (label) => `Allow: ${label}`,
    stop: (label) => `Stop: ${label}`,
    consentNow: (label, allowed) =>
      allowed ? `Thank you. You allow: ${label}.` : `Understood. Your data is not used for: ${label}.`,
    frequencyNow: {
      normal: 'We write to you as usual.',
      less: `We write to you less often: at most once in ${LESS_DAYS} days.`,
      coupons: 'We write to you only about coupons.',
      stop: 'We stopped our messages. You only get what the service needs, such as your stamps and answers to your questions.'
    },
    languageNow: 'From now on we write in English.',
    howToChange: 'Send "settings" to change it.'
  }
}
