import { ok, type Result } from '../../core/result.ts'
import { dayOf, firstOfMonth, startOfDay } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import { readSetting } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { customerSummary } from '../customers/index.ts'
import type { NoPresent } from './give-coupon.ts'
import { handCoupon } from './line/hand-coupon.ts'
import { costOf } from './rules/definitions.ts'
import { GOODWILL_BUDGET } from './settings.ts'
import { currentCoupon, goodwillYen } from './store/coupons.ts'

export interface Goodwill {
  readonly customerId: string
  readonly key: string
  readonly reason: string
  /** Slack user id and role. */
  readonly giver: { readonly id: string; readonly role: string }
}

export type NoGoodwill =
  | NoPresent
  | { readonly kind: 'gone' }
  /** Nobody can say what it costs, so that only managers may give it. */
  | { readonly kind: 'no_cost' }
  | { readonly kind: 'over_budget'; readonly leftYen: number }

/** Staff give a coupon of their own accord: managers any, others within the month's budget of their role. */
export async function giveGoodwill(
  work: Work,
  { customerId, key, reason, giver }: Goodwill
): Promise<Result<undefined, NoGoodwill>> {
  const customer = await customerSummary(work.tx, work.cipher, customerId)
  if (!customer) return { ok: false, kind: 'gone' }
  const refusal = giver.role === 'manager' ? undefined : await beyondBudget(work, key, giver.role)
  if (refusal) return { ok: false, ...refusal }
  const cause = `goodwill:${work.cause}`
  const given = await handCoupon(work, { customerId, locale: customer.locale, cause, key, giver })
  if (given !== 'given') return { ok: false, kind: given }
  await recordAudit(work, {
    ...{ actor: { kind: 'staff', id: giver.id }, action: 'coupon.give', subject: { type: 'coupon', id: key } },
    ...{ customerId, detail: { reason } }
  })
  return ok(undefined)
}

/** Held under the month's lock: two who give at once do not both see what is left. */
async function beyondBudget({ tx, now, timeZone }: Work, key: string, role: string): Promise<NoGoodwill | undefined> {
  const terms = (await currentCoupon(tx, key))?.terms
  if (!terms) return { kind: 'missing' }
  const costYen = costOf(terms)
  if (costYen === undefined) return { kind: 'no_cost' }
  const month = firstOfMonth(dayOf(now, timeZone))
  await lockKey(tx, `goodwill:${role}:${month}`)
  const spentYen = await goodwillYen(tx, role, startOfDay(month, timeZone))
  const leftYen = Number((await readSetting(tx, GOODWILL_BUDGET)).value) - spentYen
  return costYen > leftYen ? { kind: 'over_budget', leftYen: Math.max(leftYen, 0) } : undefined
}
