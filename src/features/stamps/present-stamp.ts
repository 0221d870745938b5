import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import type { NoPresent, Present } from '../coupons/index.ts'
import { recordFact } from '../events/index.ts'
import { openCards } from './open-cards.ts'
import { putStamps, type Stamped, stampFacts } from './put-stamps.ts'
import { hasStampFor } from './store/cards.ts'

/** Facts of presents come from Matane itself. */
const SOURCE = 'matane'

/**
 * Gives a stamp that no visit stands for: on the card that holds, that of the main programme before others, begun if there
 * is none, whenever the last one was, and without a wait for the next. `show` is called before the facts are recorded, as
 * with giveStamp.
 */
export async function presentStamp(
  work: Work,
  { customerId, cause }: Present,
  show: (stamped: Stamped) => void
): Promise<Result<Stamped, NoPresent>> {
  await lockKey(work.tx, customerId)
  if (await hasStampFor(work.tx, customerId, { cause })) return { ok: false, kind: 'known' }
  const [open] = await openCards(work, customerId)
  if (!open) return { ok: false, kind: 'missing' }
  const stamped = await putStamps(work, { customerId, card: open.card, way: 'present', cause })
  show(stamped)
  for (const fact of stampFacts({ customerId, at: work.now, source: SOURCE, cause, present: true }, stamped))
    await recordFact(work, fact)
  return ok(stamped)
}
