import type { Tx } from '../../../platform/db/index.ts'

/** What became of all coupons of one name: granted = held + used + expired + withdrawn. */
export interface CouponTally {
  readonly coupon: string
  /** The newest version of what brought it. */
  readonly definitionId: string
  readonly granted: number
  readonly held: number
  readonly used: number
  readonly expired: number
  readonly withdrawn: number
}

/** What became of every coupon, by name, at an instant. */
export async function tallyCoupons(tx: Tx, at: Date): Promise<ReadonlyMap<string, CouponTally>> {
  const rows = await tx.$queryRaw<CouponTally[]>`
    SELECT coupon, max(definition_id::text) AS "definitionId", count(*)::int AS granted,
      count(*) FILTER (WHERE state = 'held' AND (expires_at IS NULL OR expires_at > ${at}))::int AS held,
      count(*) FILTER (WHERE state = 'used')::int AS used,
      count(*) FILTER (WHERE state = 'held' AND expires_at <= ${at})::int AS expired,
      count(*) FILTER (WHERE state = 'withdrawn')::int AS withdrawn
    FROM coupon_grant GROUP BY coupon`
  return new Map(rows.map((row) => [row.coupon, row]))
}

/**
 * Yen that customers spent with coupons, by name: what staff were told at the counter, else all that the customer bought on
 * the day. Of several of one name on one day the day counts once.
 */
export async function salesWithCoupons(tx: Tx, timeZone: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ coupon: string; yen: bigint }[]>`
    SELECT used.coupon, coalesce(sum(coalesce(used.told, day.amount_yen)), 0)::bigint AS yen
    FROM (
      SELECT coupon, customer_id, (at AT TIME ZONE ${timeZone}::text)::date AS on_day, sum(amount_yen) AS told
      FROM coupon_redemption WHERE undone_at IS NULL GROUP BY 1, 2, 3
    ) AS used
    LEFT JOIN customer_day AS day ON day.customer_id = used.customer_id AND day.day = used.on_day
    GROUP BY used.coupon`
  return new Map(rows.map(({ coupon, yen }) => [coupon, Number(yen)]))
}
