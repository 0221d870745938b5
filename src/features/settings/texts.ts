import type { Locale } from '../../core/locale.ts'

interface SettingsTexts {
  readonly help: string
  readonly title: string
  readonly submit: string
  readonly cancel: string
  readonly choose: string
  readonly lastChange: (who: string, at: string) => string
  readonly now: (label: string, choice: string) => string
  readonly howTo: (commands: string) => string
  readonly changed: (label: string, choice: string) => string
  readonly unchanged: (label: string, choice: string) => string
  readonly announced: (who: string, label: string, choice: string) => string
  readonly unknownSetting: (word: string, names: string) => string
  readonly unknownValue: (word: string, label: string) => string
}

export const TEXTS: Readonly<Record<Locale, SettingsTexts>> = {
  ja: {
    help: 'チーム全体の設定(マネージャーのみ)。`/matane settings language en` のように一度に変えることもできます',
    title: 'チームの設定',
    submit: '保存する',
    cancel: '戻る',
    choose: '選ぶ',
    lastChange: (who, at) => `最後の変更: ${who} さん(${at})`,
    now: (label, choice) => `${label}: *${choice}*`,
    howTo: (commands) => `変えるには: ${commands}`,
    changed: (label, choice) => `「${label}」を「${choice}」にしました。`,
    unchanged: (label, choice) => `「${label}」はすでに「${choice}」です。`,
    announced: (who, label, choice) => `⚙️ ${who} さんが「${label}」を「${choice}」に変えました。`,
    unknownSetting: (word, names) => `「${word}」という設定はありません。設定できるもの: ${names}`,
    unknownValue: (word, label) => `「${label}」を「${word}」にはできません。`
  },
  en: {
    help: 'Settings of the whole team (managers only). Or at once: `/matane settings language en`',
    title: 'Team settings',
    submit: 'Save',
    cancel: 'Back',
    choose: 'Choose',
    lastChange: (who, at) => `Last changed by ${who}, ${at}`,
    now: (label, choice) => `${label}: *${choice}*`,
    howTo: (commands) => `To change it: ${commands}`,
    changed: (label, choice) => `${label}: now ${choice}.`,
    unchanged: (label, choice) => `${label}: ${choice} already, so nothing was changed.`,
    announced: (who, label, choice) => `⚙️ ${who} changed “${label}” to “${choice}”.`,
    unknownSetting: (word, names) => `There is no setting “${word}”. There is: ${names}`,
    unknownValue: (word, label) => `“${word}” is no choice for “${label}”.`
  }
}
