import { sql } from 'kysely'
import type { Database } from '../../../platform/db/index.ts'
import type { Moment } from '../rules/moment.ts'
import type { Condition } from '../rules/schema.ts'
import { membersSql } from './compile.ts'

/** Who belongs to a condition at a moment. */
export interface Found {
  readonly people: number
  /** Those with a LINE identity that is not blocked. */
  readonly reachable: number
  /** Ids of some of them, the same ones each time. */
  readonly sample: readonly string[]
}

/** Counts the customers of whom a condition is true, and picks a few as if by chance. */
export async function countMembers(
  { kysely }: Database,
  who: Condition,
  { sampleSize, ...moment }: Moment & { readonly sampleSize: number }
): Promise<Found> {
  const { rows } = await sql<Found>`
    WITH members AS MATERIALIZED (${membersSql(who, moment)})
    SELECT (SELECT count(*) FROM members)::int AS people,
      (SELECT count(*) FROM members WHERE EXISTS (
        SELECT 1 FROM identity WHERE customer_id = members.id AND channel = 'line' AND blocked_at IS NULL
      ))::int AS reachable,
      ARRAY(SELECT id::text FROM members ORDER BY uuid_hash(id), id LIMIT ${sampleSize}) AS sample`.execute(kysely)
  return rows[0] ?? { people: 0, reachable: 0, sample: [] }
}
