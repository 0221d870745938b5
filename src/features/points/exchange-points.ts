import type { Locale } from '../../core/locale.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { handCoupon } from '../coupons/index.ts'
import { recordFact } from '../events/index.ts'
import { openAccount, takeOut } from './account.ts'
import { spend, usable } from './rules/ledger.ts'
import { hasEntry } from './store/ledger.ts'
import { currentProgramme } from './store/programme.ts'

/** What a customer said yes to. */
export interface Exchange {
  readonly customerId: string
  readonly locale: Locale
  /** Key of the coupon, and what it was said to cost. */
  readonly coupon: string
  readonly points: number
  /** Names the exchange: it happens once. */
  readonly once: string
}

/** "known": it was made before. "changed": it is not to be had (for so many points) any more. */
export type NotExchanged =
  | { readonly kind: 'known' | 'changed' }
  | { readonly kind: 'too_few'; readonly missing: number }

/** Spends points on a coupon, which is handed to the customer; what is left. */
export async function exchangePoints(
  work: Work,
  { customerId, locale, coupon, points, once }: Exchange
): Promise<Result<{ readonly left: number }, NotExchanged>> {
  const { tx, now } = work
  const programme = await currentProgramme(tx)
  const offered = programme?.definition.exchange.some((one) => one.coupon === coupon && one.points === points)
  const account = await openAccount(work, customerId)
  const cause = `exchange:${once}`
  if (account && (await hasEntry(tx, customerId, cause))) return { ok: false, kind: 'known' }
  if (!account || !offered) return { ok: false, kind: 'changed' }
  const after = spend(account.lots, points)
  if (!after) return { ok: false, kind: 'too_few', missing: points - usable(account.lots, now) }
  // Nothing is spent on a coupon that is not published any more.
  const handed = await handCoupon(work, { customerId, locale, cause: `points:${once}`, key: coupon })
  if (handed !== 'given') return { ok: false, kind: 'changed' }
  const left = await takeOut(work, account, { kind: 'exchange', points: -points, cause, at: now, ref: coupon, after })
  await recordFact(work, {
    ...{ customerId, name: 'points.spent', at: now, source: 'matane', sourceId: `${cause}/points.spent` },
    properties: { points, coupon }
  })
  return ok({ left: usable(left.lots, now) })
}
