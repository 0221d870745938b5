import type { Database } from '../../../platform/db/index.ts'

/** The least values of the quintiles 2 to 5, as far as anybody reaches them. */
export interface Cuts {
  /** Days ("2026-11-21"). */
  readonly recency: readonly string[]
  readonly frequency: readonly number[]
  readonly money: readonly number[]
}

/** Customers rated: active in the last 365 days. */
const RATED = 'active_days_365d > 0'

/**
 * The cuts of the customers who are rated: the least value at which at least a fifth (two, three, four fifths) of them have
 * less. A customer's quintile is so 1 + ⌊5 × (customers with less) ÷ (all customers)⌋: who has the same is in the same one,
 * the lowest that any of them would be in, and a quintile may stay empty.
 */
export async function findCuts(db: Database): Promise<Cuts> {
  return {
    recency: await cutsOf(db, 'last_day', 'text[]'),
    frequency: await cutsOf(db, 'active_days_365d', 'int[]'),
    money: await cutsOf(db, 'amount_365d_yen', 'float8[]')
  }
}

/** In the order of a column: the values at the end of each of the first four fifths, and the least that is more than each. */
async function cutsOf<Cut>(db: Database, column: string, type: string): Promise<Cut[]> {
  const fifths = [1, 2, 3, 4]
  // A hair less than the fraction: what binary fractions add must not lead to the next place.
  const places = fifths.map((fifth) => `${fifth / 5} - 1e-12`)
  const beyond = fifths.map((fifth) => `min(${column}) FILTER (WHERE ${column} > ends[${fifth}])`)
  const [row] = await db.query<{ cuts: Cut[] }>(
    `WITH place AS MATERIALIZED (
       SELECT percentile_disc(ARRAY[${places}]) WITHIN GROUP (ORDER BY ${column}) AS ends FROM customer_stats WHERE ${RATED}
     )
     SELECT array_remove(ARRAY[${beyond}], NULL)::${type} AS cuts FROM customer_stats, place WHERE ${RATED}`
  )
  return row?.cuts ?? []
}

/** Rows are locked while they are rated: in order, as everywhere, and not for long. */
const CUSTOMERS_AT_ONCE = 2_000

/**
 * Gives some customers the scores that the cuts say, where they differ, and takes them from those not rated any more: those
 * after an id, in order. Answers the id to go on after; undefined when all have what they should.
 */
export async function saveScores(
  db: Database,
  { recency, frequency, money }: Cuts,
  after: string
): Promise<string | undefined> {
  const score = (column: string, parameter: string) =>
    `CASE WHEN ${RATED} THEN 1 + width_bucket(${column}, ${parameter}) END`
  const scores = [
    score('last_day', '$1::date[]'),
    score('active_days_365d', '$2::int[]'),
    score('amount_365d_yen', '$3::float8[]::bigint[]')
  ]
  const rows = await db.query<{ id: string }>(
    `WITH fresh AS MATERIALIZED (
       SELECT customer_id, ${scores[0]} AS r, ${scores[1]} AS f, ${scores[2]} AS m FROM customer_stats
       WHERE customer_id > $4::uuid AND (recency_score, frequency_score, money_score) IS DISTINCT FROM (${scores})
       ORDER BY customer_id LIMIT ${CUSTOMERS_AT_ONCE} FOR NO KEY UPDATE
     ), rated AS (
       UPDATE customer_stats AS stats SET recency_score = fresh.r, frequency_score = fresh.f, money_score = fresh.m
       FROM fresh WHERE stats.customer_id = fresh.customer_id
     )
     SELECT customer_id::text AS id FROM fresh ORDER BY customer_id DESC LIMIT 1`,
    [recency, frequency, money, after]
  )
  return rows[0]?.id
}
