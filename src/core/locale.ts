/** The languages the product speaks. Every text exists in each of them; a missing one does not compile. */
export const LOCALES = ['ja', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type LocaleText = Readonly<Record<Locale, string>>

/** The locale for a BCP 47 tag such as "ja-JP" or "en"; Japanese for anything else, as most customers are in Japan. */
export function localeOf(tag: string | undefined | null): Locale {
  return tag?.toLowerCase().startsWith('en') ? 'en' : 'ja'
}
