import type { LocaleText } from '../../../core/locale.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { shopNames } from '../../shops/index.ts'

/** One use of a coupon. */
export interface Redemption {
  readonly id: string
  readonly at: Date
  readonly recordedAt: Date
  /** Written down afterwards: only the day of `at` is known. */
  readonly late: boolean
  /** The shop's id and name; undefined when nobody said where. */
  readonly shop: { readonly id: string; readonly name: LocaleText } | undefined
  /** Slack user id of who confirmed it; undefined = the counter's code did. */
  readonly staff: string | undefined
}

export interface NewRedemption {
  readonly grantId: string
  readonly customerId: string
  readonly coupon: string
  readonly shop: string | null
  readonly at: Date
  readonly recordedAt: Date
  readonly late: boolean
  readonly staff: string | null
  readonly amountYen: number | null
}

/** Writes down a use. Throws on a second one of a coupon, but for those that were undone. */
export async function insertRedemption(tx: Tx, redemption: NewRedemption): Promise<Redemption> {
  return redemptionOf(await shopNames(tx), await tx.couponRedemption.create({ data: redemption }))
}

/** The use of a coupon that counts. */
export async function redemptionOfGrant(tx: Tx, grantId: string): Promise<Redemption | undefined> {
  return (await redemptionsOf(tx, [grantId])).get(grantId)
}

/** The uses that count, by the ids of the coupons. */
export async function redemptionsOf(tx: Tx, grantIds: readonly string[]): Promise<ReadonlyMap<string, Redemption>> {
  const rows = await tx.couponRedemption.findMany({ where: { grantId: { in: [...grantIds] }, undoneAt: null } })
  if (rows.length === 0) return new Map()
  const names = await shopNames(tx)
  return new Map(rows.map((row) => [row.grantId, redemptionOf(names, row)]))
}

/** Notes that a use does not count any more, and by whose will. */
export async function markUndone(tx: Tx, id: string, undone: { at: Date; by: string }): Promise<void> {
  const data = { undoneAt: undone.at, undoneBy: undone.by }
  const { count } = await tx.couponRedemption.updateMany({ where: { id, undoneAt: null }, data })
  if (count !== 1) throw new Error(`The use ${id} of a coupon was undone before`)
}

type RedemptionRow = NonNullable<Awaited<ReturnType<Tx['couponRedemption']['findFirst']>>>

function redemptionOf(names: ReadonlyMap<string, LocaleText>, row: RedemptionRow): Redemption {
  const { id, at, recordedAt, late, shop, staff } = row
  return {
    ...{ id, at, recordedAt, late },
    shop: shop === null ? undefined : { id: shop, name: names.get(shop) ?? { ja: shop, en: shop } },
    staff: staff ?? undefined
  }
}
