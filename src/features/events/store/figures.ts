import type { Database, Tx } from '../../../platform/db/index.ts'

/**
 * Locks the figures of customers until the transaction ends, and makes those that have none yet; in order, so that two
 * batches never wait for each other in a circle. Throws when a customer does not exist.
 */
export async function lockFigures(tx: Tx, customerIds: readonly string[]): Promise<void> {
  // "WHERE false" locks the row that is there and writes nothing.
  await tx.$executeRaw`
    INSERT INTO customer_stats (customer_id)
    SELECT id FROM unnest(${[...customerIds].sort()}::uuid[]) AS given (id) ORDER BY id
    ON CONFLICT (customer_id) DO UPDATE SET customer_id = EXCLUDED.customer_id WHERE false`
}

/**
 * Derives the figures of customers from their days. Windows of 30, 90 and 365 days end with `today`, a business day, and
 * have no end: what is dated ahead is in them. The rows come out the same whenever and however often this is done.
 */
export async function deriveStats(tx: Tx, customerIds: readonly string[], today: string): Promise<void> {
  await tx.$executeRaw`
    WITH gaps AS (
      SELECT *, visits + orders > 0 AS active, CASE WHEN visits + orders > 0
        THEN day - lag(day) OVER (PARTITION BY customer_id, visits + orders > 0 ORDER BY day) END AS gap
      FROM customer_day WHERE customer_id = ANY (${customerIds}::uuid[])
    ), sums AS (
      SELECT customer_id, sum(visits) AS visits, min(first_visit_at) AS first_visit_at, max(last_visit_at) AS last_visit_at,
        sum(orders) AS orders, min(first_order_at) AS first_order_at, max(last_order_at) AS last_order_at,
        sum(amount_yen) AS amount_yen, sum(refunded_yen) AS refunded_yen,
        CASE WHEN bool_or(day > ${today}::date - 365 AND (active OR amount_yen <> 0)) THEN ${today}::date END AS windows_on,
        coalesce(sum(visits) FILTER (WHERE day > ${today}::date - 30), 0) AS visits_30d,
        coalesce(sum(visits) FILTER (WHERE day > ${today}::date - 90), 0) AS visits_90d,
        coalesce(sum(visits) FILTER (WHERE day > ${today}::date - 365), 0) AS visits_365d,
        coalesce(sum(orders) FILTER (WHERE day > ${today}::date - 30), 0) AS orders_30d,
        coalesce(sum(orders) FILTER (WHERE day > ${today}::date - 90), 0) AS orders_90d,
        coalesce(sum(orders) FILTER (WHERE day > ${today}::date - 365), 0) AS orders_365d,
        coalesce(sum(amount_yen) FILTER (WHERE day > ${today}::date - 30), 0) AS amount_30d_yen,
        coalesce(sum(amount_yen) FILTER (WHERE day > ${today}::date - 90), 0) AS amount_90d_yen,
        coalesce(sum(amount_yen) FILTER (WHERE day > ${today}::date - 365), 0) AS amount_365d_yen,
        count(*) FILTER (WHERE active) AS active_days,
        count(*) FILTER (WHERE active AND day > ${today}::date - 365) AS active_days_365d,
        min(day) FILTER (WHERE active) AS first_day, max(day) FILTER (WHERE active) AS last_day,
        avg(gap)::float8 AS gap_mean_days, stddev_samp(gap)::float8 AS gap_spread_days,
        coalesce(sum(ln(gap::float8) ORDER BY day), 0) AS gap_ln_sum,
        (array_agg(gap ORDER BY day DESC) FILTER (WHERE gap IS NOT NULL))[1] AS last_gap_days,
        sum(inquiries) AS inquiries, sum(negatives) AS negatives,
        (array_agg(nps ORDER BY nps_at DESC) FILTER (WHERE nps IS NOT NULL))[1] AS last_nps, max(nps_at) AS last_nps_at,
        (array_agg(csat ORDER BY csat_at DESC) FILTER (WHERE csat IS NOT NULL))[1] AS last_csat, max(csat_at) AS last_csat_at,
        sum(messages_sent) AS messages_sent, sum(messages_clicked) AS messages_clicked,
        sum(coupons_granted) AS coupons_granted, sum(coupons_redeemed) AS coupons_redeemed,
        min(LEAST(subscription_started_at, subscription_paid_at)) AS subscription_first_at,
        max(subscription_started_at) AS subscription_started_at, max(subscription_ended_at) AS subscription_ended_at,
        max(subscription_paid_at) AS subscription_paid_at, max(subscription_failed_at) AS subscription_failed_at
      FROM gaps GROUP BY customer_id
    )
    UPDATE customer_stats AS stats SET
      visits = sums.visits, first_visit_at = sums.first_visit_at, last_visit_at = sums.last_visit_at,
      orders = sums.orders, first_order_at = sums.first_order_at, last_order_at = sums.last_order_at,
      amount_yen = sums.amount_yen, refunded_yen = sums.refunded_yen, windows_on = sums.windows_on,
      visits_30d = sums.visits_30d, visits_90d = sums.visits_90d, visits_365d = sums.visits_365d,
      orders_30d = sums.orders_30d, orders_90d = sums.orders_90d, orders_365d = sums.orders_365d,
      amount_30d_yen = sums.amount_30d_yen, amount_90d_yen = sums.amount_90d_yen, amount_365d_yen = sums.amount_365d_yen,
      active_days = sums.active_days, active_days_365d = sums.active_days_365d, first_day = sums.first_day, last_day = sums.last_day,
      gap_mean_days = sums.gap_mean_days, gap_spread_days = sums.gap_spread_days, gap_ln_sum = sums.gap_ln_sum,
      last_gap_days = sums.last_gap_days,
      inquiries = sums.inquiries, negatives = sums.negatives,
      last_nps = sums.last_nps, last_nps_at = sums.last_nps_at, last_csat = sums.last_csat, last_csat_at = sums.last_csat_at,
      messages_sent = sums.messages_sent, messages_clicked = sums.messages_clicked,
      coupons_granted = sums.coupons_granted, coupons_redeemed = sums.coupons_redeemed,
      subscription_first_at = sums.subscription_first_at, subscription_started_at = sums.subscription_started_at,
      subscription_ended_at = sums.subscription_ended_at, subscription_paid_at = sums.subscription_paid_at,
      subscription_failed_at = sums.subscription_failed_at
    FROM sums WHERE stats.customer_id = sums.customer_id`
}

/** Customers whose windows end before a day. */
export async function staleCustomers(db: Database, today: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT customer_id AS id FROM customer_stats WHERE windows_on < $1::date ORDER BY customer_id LIMIT $2',
    [today, limit]
  )
  return rows.map(({ id }) => id)
}
