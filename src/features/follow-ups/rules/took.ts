import type { Locale } from '../../../core/locale.ts'

interface Units {
  readonly none: string
  readonly minutes: string
  readonly hours: string
  readonly days: string
  readonly gap: string
}

const UNITS: Readonly<Record<Locale, Units>> = {
  ja: { none: '1分未満', minutes: '分', hours: '時間', days: '日', gap: '' },
  en: { none: '<1m', minutes: 'm', hours: 'h', days: 'd', gap: ' ' }
}

/** How long something took, for a glance: 12分, 1時間12分, 3日4時間 / 12m, 1h 12m, 3d 4h. Never negative. */
export function took(from: Date, to: Date, locale: Locale): string {
  const units = UNITS[locale]
  const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const large = days > 0 ? part(days, units.days) : part(hours, units.hours)
  const small = days > 0 ? part(hours % 24, units.hours) : part(minutes % 60, units.minutes)
  return [large, small].filter(Boolean).join(units.gap) || units.none
}

function part(count: number, unit: string): string {
  return count > 0 ? `${count}${unit}` : ''
}
