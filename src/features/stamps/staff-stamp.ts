import { ok, type Result } from '../../core/result.ts'
import { dayOf, startOfDay } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { recordFact } from '../events/index.ts'
import { openCards } from './open-cards.ts'
import { putStamps, type Stamped, stampFacts } from './put-stamps.ts'
import { staffLimit } from './staff-limit.ts'
import { countGivenBy, hasStampFor } from './store/cards.ts'

export interface StaffStamp {
  readonly customerId: string
  /** Slack id of whoever gives it. */
  readonly by: string
  readonly reason: string
  /** Key of the programme; left out = the first one the customer has a card of. */
  readonly programme?: string | undefined
}

/** "limit": this member of staff has given as many as there may be today. "known": this very click gave one before. */
export type NoStaffStamp = { readonly kind: 'no_card' | 'known' } | { readonly kind: 'limit'; readonly limit: number }

/**
 * Gives a stamp by the hand of staff, whenever the last one was, and puts on record who gave it and why. `show` is called
 * before the facts are recorded, as with giveStamp.
 */
export async function giveStaffStamp(
  work: Work,
  { customerId, by, reason, programme }: StaffStamp,
  show: (stamped: Stamped) => void
): Promise<Result<Stamped, NoStaffStamp>> {
  const { tx, cause, now } = work
  await lockKey(tx, customerId)
  if (await hasStampFor(tx, customerId, { cause })) return { ok: false, kind: 'known' }
  const limit = await limitReached(work, by)
  if (limit !== undefined) return { ok: false, kind: 'limit', limit }
  const [open] = await openCards(work, customerId, ({ key }) => programme === undefined || key === programme)
  if (!open) return { ok: false, kind: 'no_card' }
  const stamped = await putStamps(work, { customerId, card: open.card, way: 'staff', cause, givenBy: by })
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'stamp.give',
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { value: open.card.programme, reason }
  })
  show(stamped)
  const about = { customerId, at: now, source: 'matane', cause, present: true }
  for (const fact of stampFacts(about, stamped)) await recordFact(work, fact)
  return ok(stamped)
}

/** The limit of a member of staff who has reached it today. Two clicks at once are counted one after the other. */
async function limitReached(work: Work, by: string): Promise<number | undefined> {
  const { tx, now, timeZone } = work
  await lockKey(tx, `stamps-by:${by}`)
  const limit = await staffLimit(tx)
  const given = await countGivenBy(tx, by, startOfDay(dayOf(now, timeZone), timeZone))
  return given >= limit ? limit : undefined
}
