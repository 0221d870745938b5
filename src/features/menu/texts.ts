import type { Locale } from '../../core/locale.ts'

/** For staff, when LINE does not know a menu any more: somebody deleted it there. */
export const MENU_GONE: Readonly<Record<Locale, string>> = {
  ja: 'LINEのリッチメニューが見つからないため、お客様のメニューを切り替えられませんでした。`npm run line -- menu sync` で作り直すと、皆さまに正しいメニューが表示されます。',
  en: 'A rich menu is gone at LINE, so a customer’s menu could not be changed. Run `npm run line -- menu sync`: it makes the menu anew and shows everybody theirs.'
}
