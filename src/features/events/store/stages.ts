import { Prisma } from '#prisma'
import type { Database, Tx } from '../../../platform/db/index.ts'
import type { Stage, Usual } from '../rules/stage.ts'
import { findNote, saveNote } from './notes.ts'
import { sumsOfDays } from './sums.ts'

const USUAL = 'events.usual_gap_days'

/** What decides a customer's stage, and the stage they have. Days are "2026-11-21". */
export interface Life {
  readonly customerId: string
  readonly activeDays: number
  readonly lastDay: string | null
  readonly gapMeanDays: number | null
  readonly lastGapDays: number | null
  readonly firstAt: Date | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly paidAt: Date | null
  readonly failedAt: Date | null
  readonly stage: Stage | null
  readonly since: string | null
  readonly dueOn: string | null
  /** What is usual at this business, in days; null = not known yet. */
  readonly usualGapDays: number | null
}

/** The lives of customers whose figures are locked, as their figures say. Those who never did anything have none. */
export function findLives(tx: Tx, customerIds: readonly string[]): Promise<Life[]> {
  return tx.$queryRaw<Life[]>`
    WITH sums AS (SELECT * FROM customer_stats WHERE customer_id = ANY (${customerIds}::uuid[]))
    ${LIVES}`
}

/** The same, as their days say, from which the figures are still to be derived. */
export function freshLives(tx: Tx, customerIds: readonly string[], today: string): Promise<Life[]> {
  return tx.$queryRaw<Life[]>`WITH ${sumsOfDays(customerIds, today)} ${LIVES}`
}

const LIVES = Prisma.sql`
  SELECT stats.customer_id AS "customerId", sums.active_days::int AS "activeDays", sums.last_day::text AS "lastDay",
    sums.gap_mean_days AS "gapMeanDays", sums.last_gap_days AS "lastGapDays", sums.subscription_first_at AS "firstAt",
    sums.subscription_started_at AS "startedAt", sums.subscription_ended_at AS "endedAt", sums.subscription_paid_at AS "paidAt",
    sums.subscription_failed_at AS "failedAt", stats.stage, stats.stage_since::text AS since,
    stats.stage_due_on::text AS "dueOn", (SELECT value::float8 FROM setting WHERE key = ${USUAL}) AS "usualGapDays"
  FROM sums, LATERAL (SELECT * FROM customer_stats WHERE customer_id = sums.customer_id OFFSET 0) AS stats
  WHERE sums.last_day IS NOT NULL OR sums.subscription_first_at IS NOT NULL OR sums.subscription_ended_at IS NOT NULL`

/** A stage to be kept; `before` is undefined when it goes on, null when there was none. */
export interface NewStage {
  readonly customerId: string
  readonly stage: Stage
  readonly since: string
  readonly dueOn: string | undefined
  readonly before: Stage | null | undefined
}

/** Keeps stages, and of those that changed the history. */
export async function saveStages(tx: Tx, stages: readonly NewStage[], today: string): Promise<void> {
  await tx.$executeRaw`
    WITH ${givenStages(stages, today)}
    UPDATE customer_stats AS stats SET stage = given.stage, stage_since = given.since, stage_due_on = given.due_on
    FROM given WHERE stats.customer_id = given.customer_id`
}

/** Stages as the common table `given`; to stand after "WITH" of a statement that keeps them. Notes the history as well. */
export function givenStages(stages: readonly NewStage[], today: string): Prisma.Sql {
  const column = <T>(value: (stage: NewStage) => T): T[] => stages.map(value)
  return Prisma.sql`
    given AS (
      SELECT * FROM unnest(
        ${column(({ customerId }) => customerId)}::uuid[], ${column(({ stage }) => stage)}::text[],
        ${column(({ since }) => since)}::date[], ${column(({ dueOn }) => dueOn ?? null)}::date[],
        ${column(({ before }) => before ?? null)}::text[], ${column(({ before }) => before !== undefined)}::bool[]
      ) AS given (customer_id, stage, since, due_on, before, changed)
    ), noted AS (
      INSERT INTO stage_change (customer_id, noticed_on, stage, since, before)
      SELECT customer_id, ${today}::date, stage, since, before FROM given WHERE changed
      ON CONFLICT DO NOTHING
    )`
}

/** Customers whose stage ends by a day, or who have none yet and should. */
export async function customersDue(db: Database, today: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT customer_id AS id FROM customer_stats WHERE (stage_due_on <= $1::date OR stage IS NULL)
       AND (last_day IS NOT NULL OR subscription_first_at IS NOT NULL OR subscription_ended_at IS NOT NULL)
     ORDER BY customer_id LIMIT $2`,
    [today, limit]
  )
  return rows.map(({ id }) => id)
}

/** The middle one of the mean gaps of customers who came again, and how many they are; undefined = nobody did. */
export async function middleGap(db: Database): Promise<{ gapDays: number; customers: number } | undefined> {
  const [row] = await db.query<{ gap: number | null; customers: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY gap_mean_days) AS gap, count(*)::int AS customers
     FROM customer_stats WHERE gap_mean_days IS NOT NULL`
  )
  return row && row.gap !== null ? { gapDays: row.gap, customers: row.customers } : undefined
}

const MARKED_AT_ONCE = 10_000

/** What is usual at this business; undefined = not known yet. */
export async function findUsual({ prisma }: Database): Promise<Usual | undefined> {
  const value = await findNote(prisma, USUAL)
  return value === undefined ? undefined : { gapDays: Number(value) }
}

/** Keeps what is usual from now on, once every stage is marked to be looked at again. */
export async function saveUsual(db: Database, { gapDays }: Usual, today: string): Promise<void> {
  let marked: unknown[]
  do {
    marked = await db.query(
      `UPDATE customer_stats SET stage_due_on = $1::date WHERE customer_id IN (
         SELECT customer_id FROM customer_stats
         WHERE stage IS NOT NULL AND (stage_due_on IS NULL OR stage_due_on > $1::date) LIMIT $2) RETURNING 1`,
      [today, MARKED_AT_ONCE]
    )
  } while (marked.length === MARKED_AT_ONCE)
  await saveNote(db, USUAL, String(gapDays))
}
