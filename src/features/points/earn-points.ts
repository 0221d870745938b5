import type { Fact, Work } from '../../platform/work.ts'
import { openAccount, receive } from './account.ts'
import { amountOf, causeOf, isInTime, orderOf, pointsFor } from './rules/earning.ts'
import type { EntryKind } from './rules/entry-kind.ts'
import { currentProgramme } from './store/programme.ts'
import { takeBackOf } from './take-back-points.ts'

const KINDS: Readonly<Record<string, EntryKind>> = {
  'order.completed': 'order',
  visit: 'visit',
  'survey.answered': 'survey'
}

/** What gives points. */
export const EARNING = Object.keys(KINDS)

/** Gives the points that something is worth, once; an order whose refund was told before it gives what is left of it. */
export async function earnPoints(work: Work, fact: Fact): Promise<void> {
  const { customerId, name, at } = fact
  const kind = KINDS[name]
  const programme = await currentProgramme(work.tx)
  if (!kind || !programme || !isInTime(at, { since: programme.since, now: work.now })) return
  const { definition } = programme
  const points = pointsFor(definition, fact, work.timeZone)
  if (points === 0) return
  const account = await openAccount(work, customerId)
  if (!account) return
  const about = kind === 'order' ? { ref: orderOf(fact), amountYen: amountOf(fact) } : {}
  const gain = { kind, points, cause: causeOf(fact, work.timeZone), at, expires: definition.expires, ...about }
  const earned = await receive(work, account, gain)
  if (earned && kind === 'order')
    await takeBackOf(work, { customerId, order: orderOf(fact), cause: `late:${gain.cause}` })
}
