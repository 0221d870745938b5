import { sql } from 'kysely'
import type { Database, Tx } from '../../../platform/db/index.ts'
import type { Asking } from '../rules/moment.ts'
import type { Condition } from '../rules/schema.ts'
import { membersSql } from './compile.ts'

/** How a segment stood when it was calculated last. */
export interface SegmentState {
  readonly definitionId: string
  readonly calculatedAt: Date
  readonly people: number
}

/** What is to be calculated. */
export interface Calculation {
  readonly segment: string
  readonly definitionId: string
  readonly who: Condition
  readonly moment: Asking
}

/** The states of the segments that were ever calculated and not forgotten, by id. */
export async function findStates({ query }: Pick<Database, 'query'>): Promise<Map<string, SegmentState>> {
  const rows = await query<SegmentState & { segment: string }>(
    'SELECT segment, definition_id AS "definitionId", calculated_at AS "calculatedAt", people FROM segment_state'
  )
  return new Map(rows.map(({ segment, ...state }) => [segment, state]))
}

/** Makes the members of a segment anew and tells nobody: what it means has changed, not its people. */
export async function replaceMembers({ kysely }: Database, calculation: Calculation): Promise<void> {
  const { segment, definitionId, who, moment } = calculation
  await sql`
    WITH found AS MATERIALIZED (${membersSql(who, moment)}),
    gone AS (
      DELETE FROM segment_member WHERE segment = ${segment}
        AND NOT EXISTS (SELECT 1 FROM found WHERE found.id = segment_member.customer_id)
    ), come AS (
      INSERT INTO segment_member (segment, customer_id, entered_at)
      SELECT ${segment}::text, id, ${moment.now.toISOString()}::timestamptz FROM found ON CONFLICT DO NOTHING
    ), dropped AS (DELETE FROM segment_change WHERE segment = ${segment})
    INSERT INTO segment_state (segment, definition_id, calculated_at, people)
    SELECT ${segment}::text, ${definitionId}::uuid, ${moment.now.toISOString()}::timestamptz, (SELECT count(*) FROM found)
    ON CONFLICT (segment) DO UPDATE SET definition_id = EXCLUDED.definition_id,
      calculated_at = EXCLUDED.calculated_at, people = EXCLUDED.people`.execute(kysely)
}

/** Notes who has to enter and who to leave, in one statement; they do with `takeChanges`. What waits was taken before. */
export async function planChanges({ kysely }: Database, calculation: Calculation): Promise<void> {
  const { segment, definitionId, who, moment } = calculation
  await sql`
    WITH found AS MATERIALIZED (${membersSql(who, moment)}),
    planned AS (
      INSERT INTO segment_change (segment, customer_id, enters)
      SELECT ${segment}::text, id, true FROM found WHERE NOT EXISTS (
        SELECT 1 FROM segment_member WHERE segment = ${segment} AND customer_id = found.id)
      UNION ALL
      SELECT ${segment}::text, customer_id, false FROM segment_member WHERE segment = ${segment}
        AND NOT EXISTS (SELECT 1 FROM found WHERE found.id = segment_member.customer_id)
      ON CONFLICT (segment, customer_id) DO UPDATE SET enters = EXCLUDED.enters
    )
    UPDATE segment_state SET calculated_at = ${moment.now.toISOString()}::timestamptz, people = (SELECT count(*) FROM found)
    WHERE segment = ${segment} AND definition_id = ${definitionId}::uuid`.execute(kysely)
}

/** Whom a batch of changes moved, and how many were looked at. */
export interface Moved {
  readonly taken: number
  readonly entered: readonly string[]
  readonly left: readonly string[]
}

/** Carries out the next changes of a segment. Who is where they should be already, or is no customer any more, is no move. */
export async function takeChanges(tx: Tx, segment: string, { at, limit }: { at: Date; limit: number }): Promise<Moved> {
  const taken = await tx.$queryRaw<{ id: string; enters: boolean }[]>`
    DELETE FROM segment_change WHERE segment = ${segment} AND customer_id IN (
      SELECT customer_id FROM segment_change WHERE segment = ${segment} ORDER BY customer_id LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ) RETURNING customer_id AS id, enters`
  const idsOf = (enters: boolean) => taken.filter((change) => change.enters === enters).map(({ id }) => id)
  const entered = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO segment_member (segment, customer_id, entered_at)
    SELECT ${segment}, id, ${at} FROM customer WHERE id = ANY (${idsOf(true)}::uuid[])
    ON CONFLICT DO NOTHING RETURNING customer_id AS id`
  const left = await tx.$queryRaw<{ id: string }[]>`
    WITH gone AS (
      DELETE FROM segment_member WHERE segment = ${segment} AND customer_id = ANY (${idsOf(false)}::uuid[])
      RETURNING customer_id
    ) SELECT id FROM customer JOIN gone ON gone.customer_id = customer.id`
  return { taken: taken.length, entered: entered.map(({ id }) => id), left: left.map(({ id }) => id) }
}

/** Whether changes of a segment wait to be carried out. */
export async function hasChanges({ query }: Pick<Database, 'query'>, segment: string): Promise<boolean> {
  return (await query('SELECT 1 FROM segment_change WHERE segment = $1 LIMIT 1', [segment])).length > 0
}

/** Forgets who was in segments that are no longer in force. */
export async function forgetOthers({ query }: Pick<Database, 'query'>, inForce: readonly string[]): Promise<void> {
  for (const table of ['segment_change', 'segment_member', 'segment_state'])
    await query(`DELETE FROM ${table} WHERE segment <> ALL ($1::text[])`, [inForce])
}
