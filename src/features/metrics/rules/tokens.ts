import { METRIC_IDS, METRICS, type MetricId } from './metrics.ts'
import type { PeriodExpression } from './period.ts'
import { periodAt } from './period-words.ts'

/** A word of a question, with the text it was read from. */
export type Token =
  | { readonly kind: 'metric'; readonly text: string; readonly metric: MetricId }
  | { readonly kind: 'period'; readonly text: string; readonly period: PeriodExpression }
  | { readonly kind: 'unknown'; readonly text: string }

const METRIC_WORDS = METRIC_IDS.flatMap((metric) => METRICS[metric].synonyms.map((word) => ({ word, metric }))).sort(
  (one, other) => other.word.length - one.word.length
)
/** Words that ask or link and change nothing. */
const FILLER =
  /^(?:ヘルプ|使い方|(?:を|について)?(?:教えて|見せて|知りたい|出して|表示)(?:ください|下さい)?|(?:いくつ|いくら|どう|どれくらい|どのくらい|何)(?:ですか|でしたか)?|ですか|でしたか|について|って|では|には|(?:what|what's|whats|is|was|were|are|the|a|for|of|in|on|our|my|show|me|tell|please|how|give|us|help|kpi|rate|score)(?![a-z0-9'])|の|は|を|が|と|に|で|も|か)/
const SEPARATOR = /^[\s、。,.!?:;「」()・]+/
const ASCII_WORD = /^[a-z0-9][a-z0-9'_%-]*/
const TRAILING_PARTICLES = /(?:の|は|を|が|と|に|で|も)$/
/** Longer questions are no questions. */
const QUESTION_MAX = 300

/** Reads a question from left to right, at each place the longest word it knows. Half and full width are alike. */
export function tokensOf(question: string): Token[] {
  const text = question.normalize('NFKC').toLowerCase().slice(0, QUESTION_MAX)
  const tokens: Token[] = []
  let unknown = ''
  let at = 0
  const endUnknown = () => {
    const word = unknown.replace(TRAILING_PARTICLES, '') || unknown
    if (word) tokens.push({ kind: 'unknown', text: word })
    unknown = ''
  }
  while (at < text.length) {
    const rest = text.slice(at)
    const known = knownAt(rest) ?? skippedAt(rest, unknown !== '')
    if (known) endUnknown()
    if (known?.token) tokens.push(known.token)
    const length = known?.length ?? unknownLength(rest)
    if (!known) unknown += rest.slice(0, length)
    at += length
  }
  endUnknown()
  return tokens
}

interface Found {
  readonly length: number
  readonly token?: Token
}

function knownAt(rest: string): Found | undefined {
  const metric = METRIC_WORDS.find(({ word }) => rest.startsWith(word) && endsAtBoundary(rest, word.length))
  if (metric) return { length: metric.word.length, token: { kind: 'metric', text: metric.word, metric: metric.metric } }
  const period = periodAt(rest)
  if (!period || !endsAtBoundary(rest, period.text.length)) return undefined
  return { length: period.text.length, token: { kind: 'period', ...period } }
}

/** Inside an unknown word a particle is part of it: たのしさ is one word. */
function skippedAt(rest: string, insideUnknown: boolean): Found | undefined {
  const separator = SEPARATOR.exec(rest)?.[0]
  if (separator) return { length: separator.length }
  const filler = FILLER.exec(rest)?.[0]
  return filler && (!insideUnknown || filler.length > 1) ? { length: filler.length } : undefined
}

function unknownLength(rest: string): number {
  return ASCII_WORD.exec(rest)?.[0].length ?? ((rest.codePointAt(0) ?? 0) > 0xffff ? 2 : 1)
}

/** "nps" is no part of "npsx"; Japanese has no such boundaries. */
function endsAtBoundary(rest: string, length: number): boolean {
  return !(/[a-z0-9]/.test(rest[length - 1] ?? '') && /[a-z0-9]/.test(rest[length] ?? ''))
}
