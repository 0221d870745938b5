import { ok, type Result } from '../../../core/result.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { type Period, periodOf } from './period.ts'
import { type Token, tokensOf } from './tokens.ts'

/** A question, understood: what to count and over which days. Grows by more parts (grouping, filters, comparison). */
export interface Query {
  readonly metric: MetricId
  readonly period: Period
  /** False when the question named no period and the metric's usual one was taken. */
  readonly periodGiven: boolean
}

/** Why a question cannot be answered. `words` are the ones in question, as they were read. */
export type QuestionFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown_words'; readonly words: readonly string[] }
  | { readonly kind: 'no_metric' }
  | { readonly kind: 'several_metrics'; readonly words: readonly string[] }
  | { readonly kind: 'several_periods'; readonly words: readonly string[] }
  | { readonly kind: 'future'; readonly words: readonly string[] }

/** Reads a question in Japanese or English, in any order of words; `today` is a day in the business time zone. */
export function parseQuestion(question: string, today: string): Result<Query, QuestionFault> {
  const tokens = tokensOf(question)
  const unknown = ofKind(tokens, 'unknown')
  const metrics = distinct(ofKind(tokens, 'metric'), ({ metric }) => metric)
  const periods = distinct(ofKind(tokens, 'period'), ({ period }) => JSON.stringify(periodOf(period, today) ?? period))
  if (tokens.length === 0) return { ok: false, kind: 'empty' }
  if (unknown.length > 0) return { ok: false, kind: 'unknown_words', words: wordsOf(unknown) }
  const [metric] = metrics
  if (!metric) return { ok: false, kind: 'no_metric' }
  if (metrics.length > 1) return { ok: false, kind: 'several_metrics', words: wordsOf(metrics) }
  if (periods.length > 1) return { ok: false, kind: 'several_periods', words: wordsOf(periods) }
  return withPeriod(metric.metric, periods[0], today)
}

function withPeriod(
  metric: MetricId,
  given: Extract<Token, { kind: 'period' }> | undefined,
  today: string
): Result<Query, QuestionFault> {
  const period = periodOf(given?.period ?? METRICS[metric].defaultPeriod, today)
  if (!period) return { ok: false, kind: 'future', words: given ? [given.text] : [] }
  return ok({ metric, period, periodGiven: given !== undefined })
}

function ofKind<Kind extends Token['kind']>(tokens: readonly Token[], kind: Kind) {
  return tokens.filter((token): token is Extract<Token, { kind: Kind }> => token.kind === kind)
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

function wordsOf(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.map(({ text }) => text))]
}
