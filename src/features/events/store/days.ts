import type { Tx } from '../../../platform/db/index.ts'
import type { DayFigures } from '../rules/day-figures.ts'

/** A customer's figures of one business day ("2026-11-21"). */
export interface CustomerDay {
  readonly customerId: string
  readonly day: string
  readonly figures: DayFigures
}

/** Adds figures to those of the days. The customers are locked, and a customer and day is given once. */
export async function addDays(tx: Tx, days: readonly CustomerDay[]): Promise<void> {
  const column = <T>(value: (figures: DayFigures) => T): T[] => days.map(({ figures }) => value(figures))
  const time = (value: (figures: DayFigures) => Date | undefined) =>
    column((figures) => value(figures)?.toISOString() ?? null)
  await tx.$executeRaw`
    INSERT INTO customer_day AS day (
      customer_id, day, visits, orders, amount_yen, refunded_yen, inquiries, negatives,
      messages_sent, messages_clicked, coupons_granted, coupons_redeemed,
      first_visit_at, last_visit_at, first_order_at, last_order_at,
      subscription_started_at, subscription_ended_at, subscription_paid_at, subscription_failed_at,
      nps, nps_at, csat, csat_at)
    SELECT * FROM unnest(
      ${days.map(({ customerId }) => customerId)}::uuid[], ${days.map(({ day }) => day)}::date[],
      ${column(({ visits }) => visits)}::int[], ${column(({ orders }) => orders)}::int[],
      ${column(({ amountYen }) => amountYen)}::float8[]::bigint[], ${column(({ refundedYen }) => refundedYen)}::float8[]::bigint[],
      ${column(({ inquiries }) => inquiries)}::int[], ${column(({ negatives }) => negatives)}::int[],
      ${column(({ messagesSent }) => messagesSent)}::int[], ${column(({ messagesClicked }) => messagesClicked)}::int[],
      ${column(({ couponsGranted }) => couponsGranted)}::int[], ${column(({ couponsRedeemed }) => couponsRedeemed)}::int[],
      ${time(({ firstVisitAt }) => firstVisitAt)}::timestamptz[], ${time(({ lastVisitAt }) => lastVisitAt)}::timestamptz[],
      ${time(({ firstOrderAt }) => firstOrderAt)}::timestamptz[], ${time(({ lastOrderAt }) => lastOrderAt)}::timestamptz[],
      ${time(({ subscriptionStartedAt }) => subscriptionStartedAt)}::timestamptz[],
      ${time(({ subscriptionEndedAt }) => subscriptionEndedAt)}::timestamptz[],
      ${time(({ subscriptionPaidAt }) => subscriptionPaidAt)}::timestamptz[],
      ${time(({ subscriptionFailedAt }) => subscriptionFailedAt)}::timestamptz[],
      ${column(({ nps }) => nps?.score ?? null)}::int[], ${time(({ nps }) => nps?.at)}::timestamptz[],
      ${column(({ csat }) => csat?.score ?? null)}::int[], ${time(({ csat }) => csat?.at)}::timestamptz[]
    )
    ON CONFLICT (customer_id, day) DO UPDATE SET
      visits = day.visits + EXCLUDED.visits,
      orders = day.orders + EXCLUDED.orders,
      amount_yen = day.amount_yen + EXCLUDED.amount_yen,
      refunded_yen = day.refunded_yen + EXCLUDED.refunded_yen,
      inquiries = day.inquiries + EXCLUDED.inquiries,
      negatives = day.negatives + EXCLUDED.negatives,
      messages_sent = day.messages_sent + EXCLUDED.messages_sent,
      messages_clicked = day.messages_clicked + EXCLUDED.messages_clicked,
      coupons_granted = day.coupons_granted + EXCLUDED.coupons_granted,
      coupons_redeemed = day.coupons_redeemed + EXCLUDED.coupons_redeemed,
      first_visit_at = LEAST(day.first_visit_at, EXCLUDED.first_visit_at),
      last_visit_at = GREATEST(day.last_visit_at, EXCLUDED.last_visit_at),
      first_order_at = LEAST(day.first_order_at, EXCLUDED.first_order_at),
      last_order_at = GREATEST(day.last_order_at, EXCLUDED.last_order_at),
      subscription_started_at = GREATEST(day.subscription_started_at, EXCLUDED.subscription_started_at),
      subscription_ended_at = GREATEST(day.subscription_ended_at, EXCLUDED.subscription_ended_at),
      subscription_paid_at = GREATEST(day.subscription_paid_at, EXCLUDED.subscription_paid_at),
      subscription_failed_at = GREATEST(day.subscription_failed_at, EXCLUDED.subscription_failed_at),
      nps = CASE WHEN day.nps_at IS NULL OR (EXCLUDED.nps_at, -EXCLUDED.nps) > (day.nps_at, -day.nps)
        THEN EXCLUDED.nps ELSE day.nps END,
      nps_at = GREATEST(day.nps_at, EXCLUDED.nps_at),
      csat = CASE WHEN day.csat_at IS NULL OR (EXCLUDED.csat_at, -EXCLUDED.csat) > (day.csat_at, -day.csat)
        THEN EXCLUDED.csat ELSE day.csat END,
      csat_at = GREATEST(day.csat_at, EXCLUDED.csat_at)`
}
