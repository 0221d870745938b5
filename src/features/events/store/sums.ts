import { Prisma } from '#prisma'

/** The figures that are derived from days: columns of customer_stats, and of `sums`. */
export const DERIVED = [
  'visits',
  'first_visit_at',
  'last_visit_at',
  'orders',
  'first_order_at',
  'last_order_at',
  'amount_yen',
  'refunded_yen',
  'windows_on',
  'visits_30d',
  'visits_90d',
  'visits_365d',
  'orders_30d',
  'orders_90d',
  'orders_365d',
  'amount_30d_yen',
  'amount_90d_yen',
  'amount_365d_yen',
  'active_days',
  'active_days_365d',
  'first_day',
  'last_day',
  'gap_mean_days',
  'gap_spread_days',
  'gap_ln_sum',
  'last_gap_days',
  'inquiries',
  'negatives',
  'last_nps',
  'last_nps_at',
  'last_csat',
  'last_csat_at',
  'messages_sent',
  'messages_clicked',
  'coupons_granted',
  'coupons_redeemed',
  'subscription_first_at',
  'subscription_started_at',
  'subscription_ended_at',
  'subscription_paid_at',
  'subscription_failed_at'
] as const

/**
 * What the days of customers add up to, as the common table `sums`, one row for each customer who has any; to stand after
 * "WITH". Windows of 30, 90 and 365 days end with `today`, a business day, and have no end: what is dated ahead is in them.
 * The rows come out the same whenever and however often this is done, and PostgreSQL makes only the columns that are asked for.
 */
export function sumsOfDays(customerIds: readonly string[], today: string): Prisma.Sql {
  // One customer after the other: a plan that was made while the table was small must not look through all of it later.
  return Prisma.sql`
    sums AS (
      SELECT own.customer_id, summed.* FROM unnest(${customerIds}::uuid[]) AS own (customer_id), LATERAL (
        SELECT sum(visits) AS visits, min(first_visit_at) AS first_visit_at, max(last_visit_at) AS last_visit_at,
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
        FROM (
          SELECT *, visits + orders > 0 AS active, CASE WHEN visits + orders > 0
            THEN day - lag(day) OVER (PARTITION BY visits + orders > 0 ORDER BY day) END AS gap
          FROM customer_day WHERE customer_day.customer_id = own.customer_id
        ) AS days HAVING count(*) > 0
      ) AS summed
    )`
}
