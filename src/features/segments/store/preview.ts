import { sql } from 'kysely'
import type { Database } from '../../../platform/db/index.ts'
import type { Asking } from '../rules/moment.ts'
import type { Condition } from '../rules/schema.ts'
import { membersSql } from './compile.ts'
import { answeredOtherwise } from './set-sql.ts'

/** Who belongs to a condition at a moment. */
export interface Found {
  readonly people: number
  /** Those with a LINE identity that is not blocked. */
  readonly onLine: number
  /** Those of them who may be sent offers, and want to hear more than of coupons. */
  readonly reachable: number
  /** Ids of some of them, the same ones each time. */
  readonly sample: readonly string[]
}

/** What a message to a segment is for. */
const PURPOSE = 'marketing'

/** Counts the customers of whom a condition is true, and picks a few as if by chance. */
export async function countMembers(
  { kysely }: Database,
  who: Condition,
  { sampleSize, ...asking }: Asking & { readonly sampleSize: number }
): Promise<Found> {
  const answered = asking.allowedByDefault.includes(PURPOSE) ? sql`IS NULL` : sql`IS NOT NULL`
  const { rows } = await sql<Found>`
    WITH members AS MATERIALIZED (${membersSql(who, asking)})
    SELECT (SELECT count(*) FROM members)::int AS people, count(*)::int AS "onLine",
      count(*) FILTER (WHERE answer.customer_id ${answered} AND quiet.customer_id IS NULL)::int AS reachable,
      ARRAY(SELECT id::text FROM members ORDER BY uuid_hash(members.id), members.id LIMIT ${sampleSize}) AS sample
    FROM (
      SELECT id FROM members WHERE EXISTS (
        SELECT 1 FROM identity WHERE customer_id = members.id AND channel = 'line' AND blocked_at IS NULL)
    ) AS line
    LEFT JOIN (${answeredOtherwise(PURPOSE, asking)}) AS answer ON answer.customer_id = line.id
    LEFT JOIN (SELECT customer_id FROM customer_preference WHERE frequency IN ('coupons', 'stop')) AS quiet
      ON quiet.customer_id = line.id`.execute(kysely)
  return rows[0] ?? { people: 0, onLine: 0, reachable: 0, sample: [] }
}
