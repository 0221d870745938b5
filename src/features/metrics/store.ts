import { sql } from 'kysely'
import type { Database } from '../../platform/db/index.ts'
import { ACTIVE_DAYS, type MetricId } from './rules/metrics.ts'
import type { NpsCounts } from './rules/nps.ts'
import type { RetentionCounts } from './rules/retention.ts'

/** From the first instant up to, and without, the second. */
export interface Span {
  readonly from: Date
  readonly until: Date
}

/** Promoters, passives and detractors among the latest NPS answer of each customer in a span. */
export async function countNps({ kysely }: Database, { from, until }: Span): Promise<NpsCounts> {
  const latest = kysely
    .selectFrom('survey_response')
    .distinctOn('customer_id')
    .select(['customer_id', 'score'])
    .where('survey', '=', 'nps')
    .where('score', 'is not', null)
    .where('scored_at', '>=', from)
    .where('scored_at', '<', until)
    .orderBy('customer_id')
    .orderBy('scored_at', 'desc')
    .orderBy('id', 'desc')
  const counts = await kysely
    .selectFrom(latest.as('latest'))
    .select(({ fn }) => [
      fn.countAll<string>().filterWhere('score', '>=', 9).as('promoters'),
      fn.countAll<string>().filterWhere('score', 'in', [7, 8]).as('passives'),
      fn.countAll<string>().filterWhere('score', '<=', 6).as('detractors')
    ])
    .executeTakeFirstOrThrow()
  return {
    promoters: Number(counts.promoters),
    passives: Number(counts.passives),
    detractors: Number(counts.detractors)
  }
}

/** Customers active at the first instant of a span, and those of them active at its last. */
export async function countRetention({ kysely }: Database, { from, until }: Span): Promise<RetentionCounts> {
  const counts = await kysely
    .selectFrom(activeAt(kysely, from).as('started'))
    .leftJoin(activeAt(kysely, until).as('ended'), 'ended.customer_id', 'started.customer_id')
    .select(({ fn }) => [
      fn.count<string>('started.customer_id').as('at_start'),
      fn.count<string>('ended.customer_id').as('kept')
    ])
    .executeTakeFirstOrThrow()
  return { atStart: Number(counts.at_start), kept: Number(counts.kept) }
}

/** Customers with a visit in the 90 days before an instant. */
function activeAt(kysely: Database['kysely'], at: Date) {
  const since = new Date(at.getTime() - ACTIVE_DAYS * 86_400_000)
  return kysely
    .selectFrom('event')
    .select('customer_id')
    .distinct()
    .where('name', '=', 'visit')
    .where('at', '>=', since)
    .where('at', '<', at)
}

/** The target in force on a day ("2026-11-21"): the newest one set for it or before. */
export async function findTarget({ kysely }: Database, metric: MetricId, day: string): Promise<number | undefined> {
  const row = await kysely
    .selectFrom('metric_target')
    .select('value')
    .where('metric', '=', metric)
    .where('effective_from', '<=', sql<Date>`${day}::date`)
    .orderBy('effective_from', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.value
}
