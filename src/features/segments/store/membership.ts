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

/** A part is one statement, which has to end soon also where the database is slow. */
const MEMBERS_AT_ONCE = 50_000

/**
 * Makes the members of a segment anew and tells nobody: what it means has changed, not its people. Many are made part by part;
 * when that ends half-way, the segment counts as not calculated, and the next time begins again.
 */
export async function replaceMembers(db: Database, calculation: Calculation, atOnce = MEMBERS_AT_ONCE): Promise<void> {
  const parts = Math.max(1, Math.ceil((await countFound(db, calculation)) / atOnce))
  let people = 0
  for (let part = 0; part < parts; part += 1) people += await replacePart(db, calculation, { part, parts })
  const { segment, definitionId, moment } = calculation
  await sql`
    WITH dropped AS (DELETE FROM segment_change WHERE segment = ${segment})
    INSERT INTO segment_state (segment, definition_id, calculated_at, people)
    VALUES (${segment}::text, ${definitionId}::uuid, ${moment.now.toISOString()}::timestamptz, ${people}::int)
    ON CONFLICT (segment) DO UPDATE SET definition_id = EXCLUDED.definition_id,
      calculated_at = EXCLUDED.calculated_at, people = EXCLUDED.people`.execute(db.kysely)
}

async function countFound({ kysely }: Database, { who, moment }: Calculation): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${membersSql(who, moment)}) AS found`.execute(kysely)
  return rows[0]?.n ?? 0
}

/**
 * Answers how many of the part are members now. In the order of their ids, rows and index pages are written side by side. NOT IN
 * is looked up in a hash table; an anti-join is a loop in a loop where the planner takes a part for a few rows, as it does.
 */
async function replacePart({ kysely }: Database, calculation: Calculation, { part, parts }: Part): Promise<number> {
  const { segment, who, moment } = calculation
  const isOfPart = (id: string) => sql`(uuid_hash(${sql.ref(id)}) & 2147483647) % ${parts}::int = ${part}::int`
  const { rows } = await sql<{ n: number }>`
    WITH found AS MATERIALIZED (SELECT id FROM (${membersSql(who, moment)}) AS member WHERE ${isOfPart('member.id')}),
    gone AS (
      DELETE FROM segment_member WHERE segment = ${segment} AND ${isOfPart('customer_id')}
        AND customer_id NOT IN (SELECT id FROM found)
    ), come AS (
      INSERT INTO segment_member (segment, customer_id, entered_at)
      SELECT ${segment}::text, id, ${moment.now.toISOString()}::timestamptz FROM found ORDER BY id ON CONFLICT DO NOTHING
    ) SELECT count(*)::int AS n FROM found`.execute(kysely)
  return rows[0]?.n ?? 0
}

interface Part {
  readonly part: number
  readonly parts: number
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

/** The segments that a customer is in, by id, as they were calculated last. */
export async function segmentsOf(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.segmentMember.findMany({ where: { customerId }, orderBy: { segment: 'asc' } })
  return rows.map(({ segment }) => segment)
}
