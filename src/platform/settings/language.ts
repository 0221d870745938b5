import type { Locale } from '../../core/locale.ts'
import type { Tx } from '../db/index.ts'
import { readSetting, type Setting } from './setting.ts'

/** The language of what many people read in Slack: cards, the lines under them, notices. */
export const LANGUAGE: Setting<Locale> = {
  name: 'language',
  words: ['言語'],
  label: { ja: 'カードとお知らせの言語', en: 'Language of cards and notices' },
  hint: {
    ja: 'アラートカード、そのスレッドの記録、チャンネルへのお知らせが変わります。入力画面や一人だけに見える返事は、その人のSlackの言語のままです。',
    en: 'For alert cards, what is logged under them, and notices in the channel. Forms and what only one person sees stay in the language of their Slack.'
  },
  choices: [
    { value: 'ja', label: { ja: '日本語', en: 'Japanese' } },
    { value: 'en', label: { ja: '英語', en: 'English' } }
  ],
  defaultValue: 'ja'
}

/** The language of what many people read, now. */
export async function sharedLocale(tx: Tx): Promise<Locale> {
  return (await readSetting(tx, LANGUAGE)).value
}
