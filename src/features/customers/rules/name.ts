import type { Locale } from '../../../core/locale.ts'

const NAMELESS = { ja: 'お客様', en: 'Customer' } as const

const HONORIFIC = /(?:様|さま|さん|殿)$/

/** A name as it is looked up: without white space, honorific, and the difference of full-width and half-width. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').replace(HONORIFIC, '').toLowerCase()
}

/** How a customer is addressed: 佐藤 花子 様 / Emma Wilson; お客様 / Customer when LINE told us no name. */
export function nameFor(locale: Locale, name: string | undefined): string {
  if (!name) return NAMELESS[locale]
  return locale === 'ja' ? `${name} 様` : name
}
