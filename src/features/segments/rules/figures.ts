/** Where a figure of a customer comes from, and what it is when nothing is known. */
export type Source =
  /** A sum since the beginning; 0 when nothing is known. */
  | { readonly kind: 'count'; readonly column: string }
  /** A sum of the last business days, today included; 0 when nothing is known. `sum` adds up their customer_day rows. */
  | { readonly kind: 'window'; readonly column: string; readonly days: number; readonly sum: WindowSum }
  /** A number that may be unknown. */
  | { readonly kind: 'value'; readonly column: string }
  /** Whole business days since a day, or since an instant; unknown when it never was. */
  | { readonly kind: 'since_day'; readonly column: string }
  | { readonly kind: 'since_instant'; readonly column: string; readonly of?: 'customer' }

/** What a window adds up. */
export type WindowSum = 'visits' | 'orders' | 'amount_yen' | 'active'

const count = (column: string): Source => ({ kind: 'count', column })
const value = (column: string): Source => ({ kind: 'value', column })
const sinceDay = (column: string): Source => ({ kind: 'since_day', column })
const since = (column: string): Source => ({ kind: 'since_instant', column })
const window = (column: string, sum: WindowSum, days: number): Source => ({ kind: 'window', column, sum, days })

/** The figures that a segment may ask for, by the name people write. Columns are those of customer_stats. */
export const FIGURES = {
  visits: count('visits'),
  orders: count('orders'),
  amount_yen: count('amount_yen'),
  refunded_yen: count('refunded_yen'),
  active_days: count('active_days'),
  inquiries: count('inquiries'),
  negatives: count('negatives'),
  messages_sent: count('messages_sent'),
  messages_clicked: count('messages_clicked'),
  coupons_granted: count('coupons_granted'),
  coupons_redeemed: count('coupons_redeemed'),
  visits_30d: window('visits_30d', 'visits', 30),
  visits_90d: window('visits_90d', 'visits', 90),
  visits_365d: window('visits_365d', 'visits', 365),
  orders_30d: window('orders_30d', 'orders', 30),
  orders_90d: window('orders_90d', 'orders', 90),
  orders_365d: window('orders_365d', 'orders', 365),
  amount_30d_yen: window('amount_30d_yen', 'amount_yen', 30),
  amount_90d_yen: window('amount_90d_yen', 'amount_yen', 90),
  amount_365d_yen: window('amount_365d_yen', 'amount_yen', 365),
  active_days_365d: window('active_days_365d', 'active', 365),
  gap_mean_days: value('gap_mean_days'),
  gap_spread_days: value('gap_spread_days'),
  last_gap_days: value('last_gap_days'),
  last_nps: value('last_nps'),
  last_csat: value('last_csat'),
  days_since_first_active: sinceDay('first_day'),
  days_since_last_active: sinceDay('last_day'),
  days_since_stage: sinceDay('stage_since'),
  days_since_first_visit: since('first_visit_at'),
  days_since_last_visit: since('last_visit_at'),
  days_since_first_order: since('first_order_at'),
  days_since_last_order: since('last_order_at'),
  days_since_last_nps: since('last_nps_at'),
  days_since_last_csat: since('last_csat_at'),
  days_since_subscription_first: since('subscription_first_at'),
  days_since_subscription_started: since('subscription_started_at'),
  days_since_subscription_ended: since('subscription_ended_at'),
  days_since_subscription_paid: since('subscription_paid_at'),
  days_since_subscription_failed: since('subscription_failed_at'),
  days_since_created: { kind: 'since_instant', column: 'created_at', of: 'customer' }
} as const satisfies Readonly<Record<string, Source>>

export type Figure = keyof typeof FIGURES
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly Figure[]

/** Where a figure comes from. */
export function sourceOf(figure: Figure): Source {
  return FIGURES[figure]
}

/** Whether a figure counts whole days since something. */
export function isSince(figure: Figure): boolean {
  return sourceOf(figure).kind.startsWith('since_')
}

/** Whether customers can be ranked by a figure: the more the better, and nothing is 0. */
export function isRanked(figure: Figure): boolean {
  return ['count', 'window'].includes(sourceOf(figure).kind)
}
