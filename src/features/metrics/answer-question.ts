import type { Interval } from '../../core/interval.ts'
import { ok, type Result } from '../../core/result.ts'
import { addDays, dayOf, startOfDay } from '../../core/time.ts'
import type { Database } from '../../platform/db/index.ts'
import { METRICS } from './rules/metrics.ts'
import { type NpsCounts, nps, npsInterval } from './rules/nps.ts'
import { type Period, periodBefore } from './rules/period.ts'
import { parseQuestion, type Query, type QuestionFault } from './rules/question.ts'
import { retention, retentionInterval } from './rules/retention.ts'
import { countNps, countRetention, findTarget, type Span } from './store.ts'

/** A figure: rates are 0–1, NPS −100…100; null when there is nothing to count, which is not 0. */
export interface Figure {
  readonly value: number | null
  /** How many customers it stands on. */
  readonly n: number
  /** 95 % confidence; undefined without any customers. */
  readonly interval: Interval | undefined
  /** What an NPS is made of. */
  readonly parts?: NpsCounts
}

/** Everything a figure needs to say what it means. */
export interface Answer {
  readonly query: Query
  readonly figure: Figure
  readonly before: { readonly period: Period; readonly figure: Figure }
  /** In the figure's own unit; undefined when the metric has none. */
  readonly target: number | undefined
  readonly asOf: Date
  readonly timeZone: string
}

/** Below this many customers a figure is more chance than truth. */
export const FEW = 30

export interface Asked {
  readonly question: string
  /** Business time. */
  readonly now: Date
  readonly timeZone: string
}

/** Answers a manager's question with a figure and all it takes to judge it, or says what could not be read. */
export async function answerQuestion(db: Database, asked: Asked): Promise<Result<Answer, QuestionFault>> {
  const { now, timeZone } = asked
  const parsed = parseQuestion(asked.question, dayOf(now, timeZone))
  if (!parsed.ok) return parsed
  const query = parsed.value
  const before = periodBefore(query.period)
  return ok({
    query,
    figure: await measure(db, query, spanOf(query.period, asked)),
    before: { period: before, figure: await measure(db, query, spanOf(before, asked)) },
    target: (await findTarget(db, query.metric, query.period.to)) ?? METRICS[query.metric].defaultTarget,
    asOf: now,
    timeZone
  })
}

async function measure(db: Database, { metric }: Query, span: Span): Promise<Figure> {
  switch (metric) {
    case 'nps': {
      const parts = await countNps(db, span)
      const n = parts.promoters + parts.passives + parts.detractors
      return { value: nps(parts), n, interval: npsInterval(parts), parts }
    }
    case 'retention': {
      const counts = await countRetention(db, span)
      return { value: retention(counts), n: counts.atStart, interval: retentionInterval(counts) }
    }
  }
}

/** The instants of a period's days; nothing after now. */
function spanOf({ from, to }: Period, { now, timeZone }: Asked): Span {
  const end = startOfDay(addDays(to, 1), timeZone)
  return { from: startOfDay(from, timeZone), until: end < now ? end : new Date(now.getTime() + 1) }
}
