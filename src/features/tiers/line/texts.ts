import type { Locale } from '../../../core/locale.ts'
import type { HelpLine } from '../../../platform/line/index.ts'

interface TierTexts {
  readonly title: string
  readonly help: HelpLine
  readonly yen: (amount: string) => string
  readonly visits: (count: number) => string
  readonly or: string
  /** What is missing; the name of the tier follows. */
  readonly toGo: (missing: string) => string
  readonly top: string
  readonly toKeep: (missing: string, day: string) => string
  readonly since: string
  readonly keptUntil: string
  readonly benefits: string
  readonly nextBenefits: (tier: string) => string
  readonly counted: (window: string) => string
  readonly window: (amount: number, unit: 'days' | 'months') => string
  readonly altText: (tier: string) => string
  readonly showCoupons: string
  readonly couponWord: string
}

/** What customers read about tiers. */
export const TEXTS: Readonly<Record<Locale, TierTexts>> = {
  ja: {
    title: '会員ランク',
    help: { word: 'ランク', does: '会員ランクと、次のランクまでを見る' },
    yen: (amount) => amount,
    visits: (count) => `ご来店${count}回`,
    or: '、または',
    toGo: (missing) => `あと${missing}で`,
    top: 'いちばん上のランクです。いつもありがとうございます。',
    toKeep: (missing, day) => `${day}までに、あと${missing}で、いまのランクが続きます。`,
    since: 'このランクになった日',
    keptUntil: '有効期限',
    benefits: '特典',
    nextBenefits: (tier) => `${tier}の特典`,
    counted: (window) => `ランクは${window}のご利用で決まります。`,
    window: (amount, unit) => `直近${amount}${unit === 'days' ? '日' : 'か月'}`,
    altText: (tier) => `会員ランク: ${tier}`,
    showCoupons: 'クーポンを見る',
    couponWord: 'クーポン'
  },
  en: {
    title: 'Your tier',
    help: { word: 'Tier', does: 'see your tier and what the next one takes' },
    yen: (amount) => amount,
    visits: (count) => `${count} ${count === 1 ? 'visit' : 'visits'}`,
    or: ' or ',
    toGo: (missing) => `${missing} to go: `,
    top: 'This is the highest tier. Thank you for being with us.',
    toKeep: (missing, day) => `${missing} more by ${day}, and you keep this tier.`,
    since: 'Reached on',
    keptUntil: 'Kept until',
    benefits: 'Benefits',
    nextBenefits: (tier) => `With ${tier}`,
    counted: (window) => `Tiers go by the last ${window}.`,
    window: (amount, unit) => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`,
    altText: (tier) => `Your tier: ${tier}`,
    showCoupons: 'Show my coupons',
    couponWord: 'coupon'
  }
}
