import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import type { NoPresent, Present } from '../coupons/index.ts'
import { recordFact } from '../events/index.ts'
import { openCard } from './open-card.ts'
import { putStamp, type Stamped, stampFacts } from './put-stamp.ts'
import { hasStampFor } from './store/cards.ts'

/** Facts of presents come from Matane itself. */
const SOURCE = 'matane'

/**
 * Gives a stamp that no visit stands for: on the card that holds, begun if there is none, whenever the last one was, and
 * without a wait for the next. `show` is called before the facts are recorded, as with giveStamp.
 */
export async function presentStamp(
  work: Work,
  { customerId, cause }: Present,
  show: (stamped: Stamped) => void
): Promise<Result<Stamped, NoPresent>> {
  const { tx, timeZone } = work
  await lockKey(tx, customerId)
  if (await hasStampFor(tx, customerId, { cause })) return { ok: false, kind: 'known' }
  const open = await openCard(work, customerId, timeZone)
  if (!open) return { ok: false, kind: 'missing' }
  const stamped = await putStamp(work, { customerId, card: open.card, cause, timeZone })
  show(stamped)
  for (const fact of stampFacts({ customerId, at: work.now, source: SOURCE, cause }, stamped))
    await recordFact(work, fact)
  return ok(stamped)
}
