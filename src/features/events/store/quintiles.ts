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
  const cut = (column: string, below: string) =>
    `array_remove(ARRAY[${[1, 2, 3, 4].map((fifths) => `min(${column}) FILTER (WHERE ${below} * 5 >= n * ${fifths})`)}], NULL)`
  const [row] = await db.query<Cuts>(
    `SELECT ${cut('last_day', 'older')}::text[] AS recency, ${cut('active_days_365d', 'rarer')} AS frequency,
       ${cut('amount_365d_yen', 'poorer')}::float8[] AS money
     FROM (
       SELECT last_day, active_days_365d, amount_365d_yen, count(*) OVER () AS n,
         rank() OVER (ORDER BY last_day) - 1 AS older, rank() OVER (ORDER BY active_days_365d) - 1 AS rarer,
         rank() OVER (ORDER BY amount_365d_yen) - 1 AS poorer
       FROM customer_stats WHERE ${RATED}
     ) AS ranked`
  )
  return row ?? { recency: [], frequency: [], money: [] }
}

/** Gives customers the scores that the cuts say, where they differ, and takes them from those not rated any more. */
export async function saveScores(db: Database, { recency, frequency, money }: Cuts): Promise<void> {
  const score = (column: string, parameter: string) =>
    `CASE WHEN ${RATED} THEN 1 + width_bucket(${column}, ${parameter}) END`
  const scores = [
    score('last_day', '$1::date[]'),
    score('active_days_365d', '$2::int[]'),
    score('amount_365d_yen', '$3::float8[]::bigint[]')
  ]
  await db.query(
    `UPDATE customer_stats AS stats SET recency_score = fresh.r, frequency_score = fresh.f, money_score = fresh.m
     FROM (SELECT customer_id, ${scores[0]} AS r, ${scores[1]} AS f, ${scores[2]} AS m FROM customer_stats) AS fresh
     WHERE stats.customer_id = fresh.customer_id
       AND (recency_score, frequency_score, money_score) IS DISTINCT FROM (fresh.r, fresh.f, fresh.m)`,
    [recency, frequency, money]
  )
}
