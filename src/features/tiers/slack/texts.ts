import type { Locale } from '../../../core/locale.ts'

interface TierDeskTexts {
  readonly help: string
  readonly title: string
  readonly none: string
  /** A tier, since and until when, and what is ahead, each if there is something to say. */
  readonly standing: (tier: string, parts: readonly string[]) => string
  readonly since: (day: string) => string
  readonly until: (day: string) => string
  readonly grace: (missing: string, day: string) => string
  readonly customers: (count: number, share: string) => string
  readonly moved: (up: number, down: number) => string
  readonly nobodyMoved: string
  readonly meaning: (month: string) => string
}

/** What staff read about tiers. */
export const TEXTS: Readonly<Record<Locale, TierDeskTexts>> = {
  ja: {
    help: 'ランクごとの人数と、今月の昇格・降格（マネージャー）',
    title: '会員ランク',
    none: 'ランクはまだありません。`flows/loyalty/tiers.yaml` に書いて公開してください。',
    standing: (tier, parts) => `${tier}${parts.map((part) => ` ・ ${part}`).join('')}`,
    since: (day) => `${day}から`,
    until: (day) => `${day}まで`,
    grace: (missing, day) => `猶予中: ${day}までに、あと${missing}で継続`,
    customers: (count, share) => `${count.toLocaleString('ja-JP')}名（${share}）`,
    moved: (up, down) => `今月: 昇格 ${up.toLocaleString('ja-JP')}名 ・ 降格 ${down.toLocaleString('ja-JP')}名`,
    nobodyMoved: '今月: 変化なし',
    meaning: (month) =>
      `${month}のはじめから今まで。そのランクに上がった人と、下がってきた人の数です。ルールの公開や取り込みで決まった人は数えません。`
  },
  en: {
    help: 'customers in each tier, and who moved up or down this month (managers)',
    title: 'Tiers',
    none: 'There are no tiers yet. Write them in `flows/loyalty/tiers.yaml` and publish them.',
    standing: (tier, parts) => [tier, ...parts].join(' · '),
    since: (day) => `since ${day}`,
    until: (day) => `until ${day}`,
    grace: (missing, day) => `in its grace: ${missing} more by ${day} to keep it`,
    customers: (count, share) => `${count.toLocaleString('en-US')} (${share})`,
    moved: (up, down) => `this month: ${up.toLocaleString('en-US')} up · ${down.toLocaleString('en-US')} down`,
    nobodyMoved: 'this month: no change',
    meaning: (month) =>
      `From the beginning of ${month} until now: who came up to a tier, and who came down to it. Whoever was placed by new rules or an import is not counted.`
  }
}
