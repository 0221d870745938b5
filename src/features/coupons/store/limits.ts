import type { Tx } from '../../../platform/db/index.ts'

/** What may be given and used of a coupon in all; undefined = as often as one likes. */
export interface Caps {
  readonly grants?: number | undefined
  readonly uses?: number | undefined
  readonly budgetYen?: number | undefined
}

/** What one grant or use takes, or gives back when negative. */
export interface Taking {
  readonly granted?: number
  readonly used?: number
  readonly spentYen?: number
}

/**
 * Takes from what is left of a coupon's caps; false, and nothing is taken, when too little is left. The statement waits for
 * whoever is taking, and looks again at what they left. What has no caps is not counted: nobody has to wait for its row.
 */
export async function take(tx: Tx, coupon: string, taking: Taking, caps: Caps = {}): Promise<boolean> {
  if (await takeCounted(tx, coupon, taking, caps)) return true
  const isCapped = Object.values(caps).some((cap) => cap !== undefined)
  if (!isCapped) return true
  return (await beginCount(tx, coupon)) && (await takeCounted(tx, coupon, taking, caps))
}

async function takeCounted(tx: Tx, coupon: string, taking: Taking, caps: Caps): Promise<boolean> {
  const { granted = 0, used = 0, spentYen = 0 } = taking
  const { grants = null, uses = null, budgetYen = null } = caps
  const count = await tx.$executeRaw`
    UPDATE coupon_count SET granted = granted + ${granted}::int, used = used + ${used}::int,
      spent_yen = spent_yen + ${spentYen}::bigint
    WHERE coupon = ${coupon}::text
      AND (${grants}::int IS NULL OR granted + ${granted}::int <= ${grants}::int)
      AND (${uses}::int IS NULL OR used + ${used}::int <= ${uses}::int)
      AND (${budgetYen}::bigint IS NULL OR spent_yen + ${spentYen}::bigint <= ${budgetYen}::bigint)`
  return count === 1
}

/** Begins to count what has got a cap, with what there was before; false when it is counted already. */
async function beginCount(tx: Tx, coupon: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO coupon_count (coupon, granted, used, spent_yen)
    SELECT ${coupon}::text, count(*) FILTER (WHERE state <> 'withdrawn'), count(*) FILTER (WHERE state = 'used'),
      coalesce(sum(cost_yen) FILTER (WHERE state = 'used'), 0)
    FROM coupon_grant WHERE coupon = ${coupon}::text
    ON CONFLICT DO NOTHING`
  return count === 1
}
