import type { Locale } from '../../core/locale.ts'

interface MetricTexts {
  readonly help: string
  readonly partial: string
  readonly period: string
  readonly count: string
  readonly before: string
  readonly target: string
  readonly interval: string
  readonly parts: string
  readonly none: string
  readonly noChange: string
  readonly points: string
  readonly reached: string
  readonly short: string
  readonly people: (n: number) => string
  readonly breakdown: (promoters: number, passives: number, detractors: number) => string
  readonly definition: string
  readonly asOf: (at: string) => string
  readonly few: (n: number, counted: string) => string
  readonly nothing: (counted: string) => string
  readonly running: string
  readonly periodTaken: (period: string) => string
  readonly faults: {
    readonly empty: string
    readonly unknown: (words: string) => string
    readonly noMetric: string
    readonly severalMetrics: (words: string) => string
    readonly severalPeriods: (words: string) => string
    readonly future: (words: string) => string
  }
  readonly canAnswer: (metrics: string) => string
  readonly examples: readonly string[]
  readonly tryThis: string
}

export const TEXTS: Readonly<Record<Locale, MetricTexts>> = {
  ja: {
    help: '数字をお答えします。例: `/kpi nps 今月`、`/kpi 継続率 先月`',
    partial: '途中',
    period: '期間',
    count: 'n(対象)',
    before: '前の期間',
    target: '目標',
    interval: '95%信頼区間',
    parts: '内訳',
    none: '—',
    noChange: '±0',
    points: 'pt',
    reached: '達成',
    short: '未達',
    people: (n) => `${n.toLocaleString('ja-JP')}名`,
    breakdown: (promoters, passives, detractors) => `推奨 ${promoters} ・ 中立 ${passives} ・ 批判 ${detractors}`,
    definition: '定義',
    asOf: (at) => `${at} 時点`,
    few: (n, counted) => `⚠️ ${counted}が${n}名と少ないため、数字は偶然で大きく動きます。目安としてご覧ください。`,
    nothing: (counted) => `この期間には${counted}がいないため、計算できません。別の期間をお試しください。`,
    running: 'まだ途中の期間です。前の期間は同じ日数で比べています。',
    periodTaken: (period) => `期間の指定がないため、${period} でお答えしています。`,
    faults: {
      empty: '何をお調べしますか?',
      unknown: (words) => `${words}がわかりませんでした。`,
      noMetric: 'どの指標かを教えてください。',
      severalMetrics: (words) => `一度にお答えできる指標は1つです(${words})。`,
      severalPeriods: (words) => `期間は1つだけ指定してください(${words})。`,
      future: (words) => `${words}はまだ始まっていません。`
    },
    canAnswer: (metrics) => `お答えできる指標: ${metrics}`,
    examples: ['nps 今月', '継続率 先月', '継続率 2026年10月'],
    tryThis: '例:'
  },
  en: {
    help: 'Ask for a figure, for example `/kpi nps this month` or `/kpi retention last month`',
    partial: 'partial',
    period: 'Period',
    count: 'n',
    before: 'Period before',
    target: 'Target',
    interval: '95% interval',
    parts: 'Made of',
    none: '—',
    noChange: '±0',
    points: ' pt',
    reached: 'reached',
    short: 'not reached',
    people: (n) => n.toLocaleString('en-US'),
    breakdown: (promoters, passives, detractors) =>
      `${promoters} promoters · ${passives} passives · ${detractors} detractors`,
    definition: 'Definition',
    asOf: (at) => `as of ${at}`,
    few: (n, counted) => `⚠️ Only ${n} ${counted}: chance moves this figure a lot. Take it as a hint.`,
    nothing: (counted) => `There are no ${counted} in this period, so there is nothing to compute. Try another period.`,
    running: 'This period still runs. The period before is cut to the same number of days.',
    periodTaken: (period) => `No period was given, so this is for ${period}.`,
    faults: {
      empty: 'What would you like to know?',
      unknown: (words) => `I do not know ${words}.`,
      noMetric: 'Which figure would you like?',
      severalMetrics: (words) => `One figure at a time, please (${words}).`,
      severalPeriods: (words) => `One period at a time, please (${words}).`,
      future: (words) => `${words} has not begun yet.`
    },
    canAnswer: (metrics) => `I can answer: ${metrics}`,
    examples: ['nps this month', 'retention last month', 'retention october 2026'],
    tryThis: 'For example:'
  }
}
