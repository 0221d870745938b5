import type { LocaleText } from '../../../core/locale.ts'
import type { PeriodExpression } from './period.ts'

/** The figures that can be asked for. */
export const METRIC_IDS = ['nps', 'retention'] as const
export type MetricId = (typeof METRIC_IDS)[number]

/** What a figure means and how it is shown. */
export interface MetricDefinition {
  readonly names: LocaleText
  /** Other words for it, lower case and half width, in any language. */
  readonly synonyms: readonly string[]
  readonly definition: LocaleText
  /** What `n` counts. */
  readonly counted: LocaleText
  /** "rate" is 0–1 and shown in percent; "score" is −100…100 and shown as it is. */
  readonly unit: 'rate' | 'score'
  /** When nothing else was set; undefined = no target. More is better for all of these. */
  readonly defaultTarget: number | undefined
  /** When the question names none. */
  readonly defaultPeriod: PeriodExpression
}

/** How long after a visit a customer counts as active, in days. */
export const ACTIVE_DAYS = 90

export const METRICS: Readonly<Record<MetricId, MetricDefinition>> = {
  nps: {
    names: { ja: 'NPS', en: 'NPS' },
    synonyms: ['nps', 'net promoter score', 'ネットプロモータースコア', '推奨度', 'おすすめ度'],
    definition: {
      ja: '推奨者(9–10点)の割合 − 批判者(0–6点)の割合。期間内の回答のうち、お客様ごとに最新の1件を数えます。',
      en: 'Share of promoters (9–10) minus share of detractors (0–6), counting each customer’s latest answer in the period.'
    },
    counted: { ja: '回答したお客様', en: 'customers who answered' },
    unit: 'score',
    defaultTarget: undefined,
    defaultPeriod: { kind: 'month', offset: 0 }
  },
  retention: {
    names: { ja: '継続率', en: 'Retention' },
    synonyms: [
      '継続率',
      '継続',
      'リテンション',
      'リテンション率',
      '顧客維持率',
      '維持率',
      'retention',
      'retention rate'
    ],
    definition: {
      ja: `期首にアクティブだったお客様のうち、期末にもアクティブな方の割合。アクティブ=直近${ACTIVE_DAYS}日以内に来店。期間中の新しいお客様は数えません。`,
      en: `Share of the customers active at the start who are still active at the end. Active = visited within the last ${ACTIVE_DAYS} days. New customers of the period do not count.`
    },
    counted: { ja: '期首のアクティブなお客様', en: 'customers active at the start' },
    unit: 'rate',
    defaultTarget: 0.8,
    defaultPeriod: { kind: 'month', offset: -1 }
  }
}
