import { Prisma } from '#prisma'
import type { Tx } from '../../../platform/db/index.ts'

/** Customers whom a stretch of time leads into a flow. Business days are written "2026-11-21". */
export type DueSource =
  /** Whose newest event of a name lies between: from < at ≤ until. */
  | { readonly of: 'absence'; readonly event: string; readonly from: Date; readonly until: Date }
  /** Who became overdue between: after `fromDay`, up to `untilDay`. */
  | ({ readonly of: 'overdue'; readonly fromDay: string; readonly untilDay: string } & Rhythm)
  | { readonly of: 'birthday'; readonly days: readonly { readonly monthDay: string; readonly cause: string }[] }
  /** Whose first visit lies in one of the spans: from ≤ at < until. */
  | { readonly of: 'first_visit'; readonly spans: readonly Span[] }
  | { readonly of: 'segment'; readonly segment: string; readonly cause: string }

interface Rhythm {
  readonly factor: number
  readonly atLeastDays: number
  readonly atMostDays: number
}

interface Span {
  readonly from: Date
  readonly until: Date
  readonly cause: string
}

/** Which of them to look at. */
export interface Part {
  /** Only customers after this one, in the order of their ids; undefined = from the first. */
  readonly after: string | undefined
  readonly limit: number
  readonly timeZone: string
}

export interface DueCustomers {
  /** The last one looked at; undefined = there are no more. */
  readonly last: string | undefined
  /** Those whom LINE reaches, and what leads them in. */
  readonly due: readonly { readonly customerId: string; readonly cause: string }[]
}

/**
 * Looks at some of the customers in question, in two steps: those who may be due come by an index, in any order, and only
 * those of the part are looked at more closely.
 */
export async function findDue(tx: Tx, source: DueSource, { after, limit, timeZone }: Part): Promise<DueCustomers> {
  const { candidates, due } = sqlOf(source, timeZone)
  const rows = await tx.$queryRaw<{ customerId: string; cause: string | null }[]>`
    WITH candidate AS MATERIALIZED (
      SELECT DISTINCT customer_id FROM (${candidates}) AS any_of_them
      WHERE ${after ?? null}::uuid IS NULL OR customer_id > ${after ?? null}::uuid ORDER BY customer_id LIMIT ${limit}
    ), due AS (${due})
    SELECT candidate.customer_id AS "customerId", due.cause FROM candidate LEFT JOIN due ON due.customer_id = candidate.customer_id
      AND EXISTS (SELECT 1 FROM identity WHERE identity.customer_id = candidate.customer_id AND channel = 'line' AND blocked_at IS NULL)
    ORDER BY candidate.customer_id`
  return {
    last: rows.length < limit ? undefined : rows.at(-1)?.customerId,
    due: rows.flatMap(({ customerId, cause }) => (cause === null ? [] : [{ customerId, cause }]))
  }
}

interface DueSql {
  /** `customer_id` of all who may be due. */
  readonly candidates: Prisma.Sql
  /** `customer_id` and `cause` of those among `candidate` who are. */
  readonly due: Prisma.Sql
}

function sqlOf(source: DueSource, timeZone: string): DueSql {
  switch (source.of) {
    case 'absence':
      return absenceSql(source, timeZone)
    case 'overdue':
      return overdueSql(source)
    case 'birthday':
      return birthdaySql(source.days)
    case 'first_visit':
      return firstVisitSql(source.spans)
    case 'segment':
      return {
        candidates: Prisma.sql`SELECT customer_id FROM segment_member WHERE segment = ${source.segment}`,
        due: Prisma.sql`SELECT customer_id, ${source.cause}::text AS cause FROM candidate`
      }
  }
}

/** The newest event is looked for from the beginning of the stretch on: older months are left alone. */
function absenceSql({ event, from, until }: Extract<DueSource, { of: 'absence' }>, timeZone: string): DueSql {
  return {
    candidates: Prisma.sql`SELECT customer_id FROM event WHERE name = ${event} AND at > ${from} AND at <= ${until}`,
    due: Prisma.sql`
      SELECT customer_id, 'absence:' || to_char(newest AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS cause
      FROM candidate, LATERAL (
        SELECT max(at) AS newest FROM event
        WHERE event.customer_id = candidate.customer_id AND name = ${event} AND at > ${from}
      ) AS own WHERE newest <= ${until}`
  }
}

/** Three active days make two intervals: one alone is no rhythm. */
const RHYTHM_DAYS = 3

function overdueSql({ factor, atLeastDays, atMostDays, ...days }: Extract<DueSource, { of: 'overdue' }>): DueSql {
  const silence = Prisma.sql`ceil(LEAST(GREATEST(${factor}::float8 * gap_mean_days, ${atLeastDays}), ${atMostDays}))::int`
  return {
    candidates: Prisma.sql`
      SELECT customer_id FROM customer_stats WHERE active_days >= ${RHYTHM_DAYS}
        AND last_day + ${silence} > ${days.fromDay}::date AND last_day + ${silence} <= ${days.untilDay}::date`,
    due: Prisma.sql`
      SELECT customer_id, 'overdue:' || to_char(last_day, 'YYYY-MM-DD') AS cause FROM candidate JOIN customer_stats USING (customer_id)`
  }
}

function birthdaySql(days: Extract<DueSource, { of: 'birthday' }>['days']): DueSql {
  const given = Prisma.sql`unnest(${days.map(({ monthDay }) => monthDay)}::text[], ${days.map(({ cause }) => cause)}::text[]) AS given (coarse, cause)`
  const theirs = Prisma.sql`customer_attribute JOIN ${given} USING (coarse)`
  const isBirthday = Prisma.sql`name = 'birthday' AND value_sealed IS NOT NULL`
  return {
    candidates: Prisma.sql`SELECT customer_id FROM ${theirs} WHERE ${isBirthday}`,
    due: Prisma.sql`SELECT customer_id, given.cause FROM candidate JOIN (${theirs}) USING (customer_id) WHERE ${isBirthday}`
  }
}

function firstVisitSql(spans: readonly Span[]): DueSql {
  const theirs = Prisma.sql`
    unnest(${spans.map(({ from }) => from.toISOString())}::timestamptz[], ${spans.map(({ until }) => until.toISOString())}::timestamptz[],
      ${spans.map(({ cause }) => cause)}::text[]) AS given (since, until, cause)
    JOIN customer_stats ON first_visit_at >= given.since AND first_visit_at < given.until`
  return {
    candidates: Prisma.sql`SELECT customer_id FROM ${theirs}`,
    due: Prisma.sql`SELECT customer_id, given.cause FROM candidate JOIN (${theirs}) USING (customer_id)`
  }
}
