import type { Locale } from '../../core/locale.ts'
import { formatDay, formatTime } from '../../core/time.ts'
import { type Answer, FEW, type Figure } from './answer-question.ts'
import { METRIC_IDS, METRICS, type MetricDefinition } from './rules/metrics.ts'
import type { Period } from './rules/period.ts'
import type { QuestionFault } from './rules/question.ts'
import { TEXTS } from './texts.ts'

/** An answer in words, the same in Slack and on the command line. No markup. */
export interface AnswerView {
  /** "継続率 82.1%" */
  readonly title: string
  readonly value: string
  /** "途中" while the period still runs. */
  readonly badge: string | undefined
  /** Name and value, in the order in which one asks. */
  readonly facts: readonly (readonly [string, string])[]
  readonly remarks: readonly string[]
  /** What it means and when it was counted. */
  readonly footer: readonly string[]
}

/** Puts an answer into words. */
export function answerView(answer: Answer, locale: Locale): AnswerView {
  const { query, figure } = answer
  const texts = TEXTS[locale]
  const metric = METRICS[query.metric]
  const value = formatValue(figure.value, metric, locale)
  return {
    title: `${metric.names[locale]} ${value}`,
    value,
    badge: query.period.partial ? texts.partial : undefined,
    facts: facts(answer, metric, locale),
    remarks: remarks(answer, metric, locale),
    footer: [
      `${texts.definition}: ${metric.definition[locale]}`,
      texts.asOf(`${formatTime(answer.asOf, locale, answer.timeZone)} (${answer.timeZone})`)
    ]
  }
}

function facts({ query, figure, before, target }: Answer, metric: MetricDefinition, locale: Locale) {
  const texts = TEXTS[locale]
  const past = formatValue(before.figure.value, metric, locale)
  const change = difference(figure.value, before.figure.value, metric, locale)
  const badge = query.period.partial ? ` (${texts.partial})` : ''
  const all: (readonly [string, string] | undefined)[] = [
    [texts.period, `${formatPeriod(query.period, locale)}${badge}`],
    [texts.count, `${texts.people(figure.n)} ${locale === 'ja' ? `(${metric.counted.ja})` : metric.counted.en}`],
    figure.parts && [texts.parts, breakdown(figure.parts, locale)],
    figure.interval && [texts.interval, formatInterval(figure.interval, metric, locale)],
    [texts.before, `${past}${change ? ` → ${change}` : ''} (${formatBefore(before.period, query.period, locale)})`],
    target === undefined ? undefined : [texts.target, targetLine(figure, target, { metric, locale })]
  ]
  return all.filter((fact) => fact !== undefined)
}

function breakdown({ promoters, passives, detractors }: NonNullable<Figure['parts']>, locale: Locale): string {
  return TEXTS[locale].breakdown(promoters, passives, detractors)
}

function targetLine(figure: Figure, target: number, { metric, locale }: { metric: MetricDefinition; locale: Locale }) {
  const texts = TEXTS[locale]
  const gap = difference(figure.value, target, metric, locale)
  const reached = figure.value !== null && figure.value >= target ? texts.reached : texts.short
  return `≥ ${formatValue(target, metric, locale)}${gap ? ` → ${gap} (${reached})` : ''}`
}

function remarks({ query, figure }: Answer, metric: MetricDefinition, locale: Locale): string[] {
  const texts = TEXTS[locale]
  const counted = metric.counted[locale]
  return [
    ...(figure.n === 0 ? [texts.nothing(counted)] : figure.n < FEW ? [texts.few(figure.n, counted)] : []),
    ...(query.period.partial ? [texts.running] : []),
    ...(query.periodGiven ? [] : [texts.periodTaken(formatPeriod(query.period, locale))])
  ]
}

/** 82.1% for a rate, 32 for a score; a dash when there is nothing to count. */
function formatValue(value: number | null, { unit }: Pick<MetricDefinition, 'unit'>, locale: Locale): string {
  if (value === null) return TEXTS[locale].none
  return unit === 'rate' ? `${(100 * value).toFixed(1)}%` : String(rounded(value, 0))
}

/**
 * The difference in percentage points or score points, with its sign; undefined when either is missing. It is that of
 * the figures as shown: a reader who subtracts them finds the same.
 */
function difference(value: number | null, other: number | null, { unit }: MetricDefinition, locale: Locale) {
  if (value === null || other === null) return undefined
  const digits = unit === 'rate' ? 1 : 0
  const shown = (figure: number) => rounded(unit === 'rate' ? 100 * figure : figure, digits)
  const points = rounded(shown(value) - shown(other), digits)
  if (points === 0) return TEXTS[locale].noChange
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(digits)}${TEXTS[locale].points}`
}

function formatInterval({ low, high }: { low: number; high: number }, metric: MetricDefinition, locale: Locale) {
  return `${formatValue(low, metric, locale)} – ${formatValue(high, metric, locale)}`
}

/** 2026年10月1日(木)–2026年10月31日(土); one day alone when it is only one. */
function formatPeriod({ from, to }: Period, locale: Locale): string {
  const day = (text: string) => formatDay(new Date(`${text}T00:00:00Z`), locale, 'UTC')
  return from === to ? day(from) : `${day(from)} – ${day(to)}`
}

/** The days of the period before, short enough for one line: 9月1日–30日; with its year when that is another. */
function formatBefore({ from, to }: Period, after: Period, locale: Locale): string {
  const withYear = [from, to].some((day) => yearOf(day) !== yearOf(after.from))
  if (locale === 'ja') {
    const end = to.startsWith(from.slice(0, 7))
      ? `${Number(to.slice(8))}日`
      : japaneseDay(to, yearOf(to) !== yearOf(from))
    return `${japaneseDay(from, withYear)}${from === to ? '' : `–${end}`}`
  }
  const year = withYear && ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC', ...year })
  const instant = (day: string) => new Date(`${day}T00:00:00Z`)
  return format.formatRange(instant(from), instant(to)).replace(/\s+/g, ' ')
}

const yearOf = (day: string): string => day.slice(0, 4)

/** Not by Intl: its ranges of Japanese dates are written 09/01～09/30. */
function japaneseDay(day: string, withYear: boolean): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${withYear ? `${year}年` : ''}${month}月${date}日`
}

/** Why there is no answer, what can be asked, and examples. */
export function faultView(fault: QuestionFault, locale: Locale): string[] {
  const texts = TEXTS[locale]
  const names = METRIC_IDS.map((id) => METRICS[id].names[locale]).join(locale === 'ja' ? '、' : ', ')
  return [reason(fault, locale), texts.canAnswer(names), `${texts.tryThis} ${texts.examples.join(' / ')}`]
}

function reason(fault: QuestionFault, locale: Locale): string {
  const { faults } = TEXTS[locale]
  switch (fault.kind) {
    case 'empty':
      return faults.empty
    case 'no_metric':
      return faults.noMetric
    case 'unknown_words':
      return faults.unknown(named(fault.words, locale))
    case 'several_metrics':
      return faults.severalMetrics(named(fault.words, locale))
    case 'several_periods':
      return faults.severalPeriods(named(fault.words, locale))
    case 'future':
      return faults.future(named(fault.words, locale))
  }
}

function named(words: readonly string[], locale: Locale): string {
  return locale === 'ja' ? words.map((word) => `「${word}」`).join('') : words.map((word) => `“${word}”`).join(', ')
}

/** Rounded half away from zero, and never −0. */
function rounded(value: number, digits: number): number {
  const factor = 10 ** digits
  return (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor || 0
}
