import type { Locale } from '../../../core/locale.ts'
import { formatCount } from '../../../core/money.ts'

interface DeskTexts {
  readonly points: (count: number) => string
  readonly ending: (count: number, day: string) => string
  readonly owed: (count: number) => string
}

const pointsIn = (count: number) => `${formatCount(count)} ${count === 1 ? 'point' : 'points'}`

/** What staff read about points. */
export const TEXTS: Readonly<Record<Locale, DeskTexts>> = {
  ja: {
    points: (count) => `${formatCount(count)}ポイント`,
    ending: (count, day) => `(うち ${formatCount(count)} は ${day} まで)`,
    owed: (count) => `・返金分の不足 ${formatCount(count)}`
  },
  en: {
    points: pointsIn,
    ending: (count, day) => ` (${formatCount(count)} of them until ${day})`,
    owed: (count) => `, ${formatCount(count)} owed after a refund`
  }
}
