import { sql } from 'kysely'
import { addDays } from '../../../core/time.ts'
import { type Source, sourceOf, type WindowSum } from '../rules/figures.ts'
import { dayAgo, type Moment, todayAt } from '../rules/moment.ts'
import type { Bounds, FigureLeaf } from '../rules/schema.ts'
import { boundedSql, every, type Sql, within } from './parts.ts'

const SUMS: Readonly<Record<WindowSum, Sql>> = {
  visits: sql`sum(visits)`,
  orders: sql`sum(orders)`,
  amount_yen: sql`sum(amount_yen)`,
  active: sql`count(*) FILTER (WHERE visits + orders > 0)`
}

/** What a figure has to be, of the customer whose figures the table `stats` holds (or nothing, for those who have none). */
export function figureSql(leaf: FigureLeaf, moment: Moment): Sql {
  const { figure, known, top_percent, bottom_percent } = leaf
  const source = sourceOf(figure)
  const tests: Sql[] = []
  if (known !== undefined) tests.push(sql`(${columnOf(source)} IS NOT NULL) = ${known}::boolean`)
  if ([leaf.gte, leaf.lte, leaf.is].some((bound) => bound !== undefined)) tests.push(boundsSql(source, leaf, moment))
  if (top_percent !== undefined) tests.push(rankSql(source, { percent: top_percent, best: true }, moment))
  if (bottom_percent !== undefined) tests.push(rankSql(source, { percent: bottom_percent, best: false }, moment))
  return every(tests)
}

function boundsSql(source: Source, bounds: Bounds, moment: Moment): Sql {
  if (source.kind === 'since_day') return sinceDaySql(columnOf(source), bounds, moment)
  if (source.kind === 'since_instant') return sinceInstantSql(columnOf(source), bounds, moment)
  const number = numberSql(source, moment)
  return source.kind === 'value' ? within(number, bounds) : boundedSql(number, bounds)
}

function columnOf(source: Source): Sql {
  const table = source.kind === 'since_instant' && source.of === 'customer' ? 'customer' : 'stats'
  return sql.ref(`${table}.${source.column}`)
}

/** The figure as a number: what is counted is 0 where nothing is known. */
function numberSql(source: Source, moment: Moment): Sql {
  if (source.kind === 'count') return sql`coalesce(${columnOf(source)}, 0)`
  return source.kind === 'window' ? windowSql(source, moment) : columnOf(source)
}

/**
 * A window column holds for the business day it was made for. A row that the clock has not come to yet is added up from
 * its days: slower, and as true.
 */
function windowSql({ column, days, sum }: Extract<Source, { kind: 'window' }>, moment: Moment): Sql {
  const today = todayAt(moment)
  return sql`CASE WHEN stats.windows_on IS NULL THEN 0 WHEN stats.windows_on = ${today}::date THEN ${sql.ref(`stats.${column}`)}
    ELSE (SELECT coalesce(${SUMS[sum]}, 0) FROM customer_day
      WHERE customer_day.customer_id = stats.customer_id AND customer_day.day > ${addDays(today, -days)}::date) END`
}

/** Whole days ago: compared as days, so that the column itself is what is compared. */
function sinceDaySql(column: Sql, { gte, lte, is }: Bounds, moment: Moment): Sql {
  const ago = (days: number) => sql`${addDays(todayAt(moment), -days)}::date`
  return every([
    sql`${column} IS NOT NULL`,
    ...(gte === undefined ? [] : [sql`${column} <= ${ago(gte)}`]),
    ...(lte === undefined ? [] : [sql`${column} >= ${ago(lte)}`]),
    ...(is === undefined ? [] : [sql`${column} = ${ago(is)}`])
  ])
}

function sinceInstantSql(column: Sql, { gte, lte, is }: Bounds, moment: Moment): Sql {
  const began = (days: number) => sql`${dayAgo(days, moment).toISOString()}::timestamptz`
  const atLeast = (days: number) => sql`${column} < ${began(days - 1)}`
  const atMost = (days: number) => sql`${column} >= ${began(days)}`
  return every([
    sql`${column} IS NOT NULL`,
    ...(gte === undefined ? [] : [atLeast(gte)]),
    ...(lte === undefined ? [] : [atMost(lte)]),
    ...(is === undefined ? [] : [atLeast(is), atMost(is)])
  ])
}

interface Rank {
  readonly percent: number
  /** The highest, or the lowest. */
  readonly best: boolean
}

/**
 * Among the n customers in whom the figure is above 0, those of whom fewer than n × percent ÷ 100 have more (or less): whoever
 * has the same is in together. The limit is so the value at place ⌈n × percent ÷ 100⌉.
 */
function rankSql(source: Source, { percent, best }: Rank, moment: Moment): Sql {
  const number = numberSql(source, moment)
  // A hair less than the percentage: what binary fractions add must not lead to the next place, and no two places are so near.
  const limit = sql`(SELECT percentile_disc(${percent / 100 - 1e-12}::float8)
    WITHIN GROUP (ORDER BY ${number} ${best ? sql`DESC` : sql`ASC`}) FROM customer_stats AS stats WHERE ${number} > 0)`
  // Without anybody above 0 there is no limit, and nobody is within it.
  const beyond = best ? sql`${number} >= ${limit}` : sql`${number} <= ${limit}`
  return sql`coalesce(${number} > 0 AND ${beyond}, false)`
}
