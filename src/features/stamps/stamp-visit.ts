import { addDuration, dayOf } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { firstPublishedAt } from '../definitions/index.ts'
import { recordFact } from '../events/index.ts'
import { openCards } from './open-cards.ts'
import { putStamps, stampFacts } from './put-stamps.ts'
import { STAMP_CARD } from './rules/definitions.ts'
import { stampsOn } from './rules/double-days.ts'
import { countsAt, nextStampAt } from './rules/stamp-card.ts'
import { hasStampFor, lastStampsAt } from './store/cards.ts'
import { currentProgrammes } from './store/programmes.ts'

/** Visits that are told later bring nothing: they are history, not somebody at the till. */
const NEWS = '7d'

/** Visits that come from a counter's code have their stamps already. */
const OWN_SOURCE = 'line'

/**
 * Gives the stamps of a visit that a till told of, on the cards of programmes that say so. Nothing is sent for it: the card
 * shows it, and whoever writes to customers about coupons hears of those.
 */
export async function stampVisit(work: Work, fact: Fact): Promise<void> {
  const { tx, now, timeZone } = work
  const { customerId, source, sourceId, shop } = fact
  // A till's clock may be ahead of ours.
  const at = fact.at > now ? now : fact.at
  if (source === OWN_SOURCE || addDuration(at, NEWS) < now) return
  const telling = await tellingProgrammes(work, at)
  if (telling.size === 0) return
  await lockKey(tx, customerId)
  const cause = `visit:${source}:${sourceId}`
  if (await hasStampFor(tx, customerId, { cause })) return
  const last = await lastStampsAt(tx, customerId)
  const open = await openCards(work, customerId, (terms) => telling.has(terms.key) && countsAt(terms, shop))
  for (const { card } of open) {
    const lastAt = last.get(card.programme)
    if (lastAt && nextStampAt(lastAt, card.definition.interval, timeZone) > at) continue
    const count = stampsOn(dayOf(at, timeZone), card.definition.double_days)
    const marks = { way: 'pos' as const, cause, count, at, ...(shop !== undefined && { shop }) }
    const stamped = await putStamps(work, { customerId, card, ...marks })
    const about = { customerId, at, source: 'matane', cause, ...(shop !== undefined && { shop }) }
    for (const each of stampFacts(about, stamped)) await recordFact(work, each)
  }
}

/** Keys of the programmes on which visits of tills count, and that there were at the time of one. */
async function tellingProgrammes({ tx }: Work, at: Date): Promise<ReadonlySet<string>> {
  const asked = (await currentProgrammes(tx)).filter(({ definition }) => definition.from_visits)
  const known = await Promise.all(
    asked.map(async ({ definition: { key } }) => {
      const since = await firstPublishedAt(tx, STAMP_CARD, key)
      return since && since <= at ? [key] : []
    })
  )
  return new Set(known.flat())
}
