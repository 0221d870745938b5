import { ok, type Result } from '../../core/result.ts'
import { customerCipher, lockKey } from '../../platform/db/index.ts'
import type { Role } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { type Account, openAccount, receive, takeOut } from './account.ts'
import { budgetLeft } from './budget.ts'
import { spend, usable } from './rules/ledger.ts'
import { hasEntry } from './store/ledger.ts'
import { currentProgramme } from './store/programme.ts'
import { newestByStaff } from './store/staff.ts'

/** Points that a member of staff gives (above 0) or takes (below). */
export interface Adjustment {
  readonly customerId: string
  readonly points: number
  /** In their words. */
  readonly reason: string
  readonly by: string
  readonly role: Role
  /** The newest line by staff when the form was opened: two who open it at once give once. */
  readonly seen: string | undefined
}

/** "gone": no such customer, or no points. "changed": a colleague was faster. */
export type NotAdjusted =
  | { readonly kind: 'gone' }
  | { readonly kind: 'changed' | 'too_few'; readonly points: number }
  | { readonly kind: 'over_budget'; readonly left: number }

/** Gives or takes points by hand, once for each cause; what the customer has then. */
export async function adjustPoints(
  work: Work,
  adjustment: Adjustment
): Promise<Result<{ readonly points: number }, NotAdjusted>> {
  const { tx, now, cause } = work
  const { customerId, points, by, seen } = adjustment
  // Somebody's budget is spent by one hand at a time.
  await lockKey(tx, `points:${by}`)
  const programme = await currentProgramme(tx)
  const account = await openAccount(work, customerId)
  if (!programme || !account) return { ok: false, kind: 'gone' }
  const has = usable(account.lots, now)
  if (await hasEntry(tx, customerId, cause)) return ok({ points: has })
  if ((await newestByStaff(tx, customerId)) !== seen) return { ok: false, kind: 'changed', points: has }
  const left = await budgetLeft(work, adjustment)
  if (left !== undefined && Math.abs(points) > left) return { ok: false, kind: 'over_budget', left }
  const after = await carryOut(work, { ...adjustment, account, expires: programme.definition.expires })
  if (!after) return { ok: false, kind: 'too_few', points: has }
  await recordAudit(work, {
    ...{ actor: { kind: 'staff', id: by }, action: 'points.adjust', subject: { type: 'customer', id: customerId } },
    customerId,
    detail: points > 0 ? { added: points } : { removed: -points }
  })
  return ok({ points: usable(after.lots, now) })
}

/** The account after it; undefined when there are too few to take. */
async function carryOut(
  work: Work,
  { account, expires, ...adjustment }: Adjustment & { readonly account: Account; readonly expires: string | undefined }
): Promise<Account | undefined> {
  const { tx, cipher, now, cause } = work
  const { customerId, points, by, reason } = adjustment
  const reasonSealed = (await customerCipher({ tx, cipher }, customerId)).seal('points_entry.reason', reason)
  const entry = { kind: 'staff', cause, at: now, points, by, reasonSealed } as const
  if (points > 0) return receive(work, account, { ...entry, expires })
  const after = spend(account.lots, -points)
  return after && takeOut(work, account, { ...entry, after })
}
