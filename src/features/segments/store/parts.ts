import { type RawBuilder, sql } from 'kysely'
import type { Bounds } from '../rules/schema.ts'

/** SQL with its values apart: values never become part of the text. */
export type Sql = RawBuilder<unknown>

/** Joins conditions; nothing to join is true. */
export function every(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` AND `)})`
}

/** A number within bounds; unknown is not within any. */
export function within(number: Sql, bounds: Bounds): Sql {
  return every([sql`${number} IS NOT NULL`, boundedSql(number, bounds)])
}

/** A number that is always known, within bounds. */
export function boundedSql(number: Sql, { gte, lte, is }: Bounds): Sql {
  return every([
    ...(gte === undefined ? [] : [sql`${number} >= ${boundSql(gte)}`]),
    ...(lte === undefined ? [] : [sql`${number} <= ${boundSql(lte)}`]),
    ...(is === undefined ? [] : [sql`${number} = ${boundSql(is)}`])
  ])
}

/** Beside a whole number, whole columns are compared as they are: a million conversions take longer than the comparing. */
function boundSql(bound: number): Sql {
  return Number.isSafeInteger(bound) ? sql`${bound}::bigint` : sql`${bound}::float8`
}
