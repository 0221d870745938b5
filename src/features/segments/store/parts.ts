import { type RawBuilder, sql } from 'kysely'
import type { Bounds } from '../rules/schema.ts'

/** SQL with its values apart: values never become part of the text. */
export type Sql = RawBuilder<unknown>

/** Joins conditions; nothing to join is true. */
export function every(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` AND `)})`
}

/** A number within bounds; unknown is not within any. */
export function within(number: Sql, { gte, lte, is }: Bounds): Sql {
  return every([
    sql`${number} IS NOT NULL`,
    ...(gte === undefined ? [] : [sql`${number} >= ${gte}::float8`]),
    ...(lte === undefined ? [] : [sql`${number} <= ${lte}::float8`]),
    ...(is === undefined ? [] : [sql`${number} = ${is}::float8`])
  ])
}
