import type { Fact, Work } from '../../platform/work.ts'
import { openAccount, takeOut } from './account.ts'
import { amountOf, isInTime, orderOf, pointsToTakeBack } from './rules/earning.ts'
import { takeBack } from './rules/ledger.ts'
import { hasEntry, insertEntry } from './store/ledger.ts'
import { findOrder } from './store/orders.ts'
import { currentProgramme } from './store/programme.ts'

/**
 * A refund takes back its part of what the order gave, once. A refund that is told before its order is kept in mind: what
 * the order gives then is that much less.
 */
export async function takeBackPoints(work: Work, fact: Fact): Promise<void> {
  const { tx, now } = work
  const { customerId, at, source, sourceId } = fact
  const programme = await currentProgramme(tx)
  if (!programme || !isInTime(at, { since: programme.since, now })) return
  const cause = `refund:${source}:${sourceId}`
  if (!(await openAccount(work, customerId)) || (await hasEntry(tx, customerId, cause))) return
  const refund = { customerId, order: orderOf(fact), cause, at, amountYen: amountOf(fact) }
  if (!(await takeBackOf(work, refund))) {
    const { order: ref, ...entry } = refund
    await insertEntry(tx, { ...entry, kind: 'refund', points: 0, ref })
  }
}

/** What was refunded of an order, by now. */
interface Refund {
  readonly customerId: string
  readonly order: string
  readonly cause: string
  readonly at?: Date
  /** Comes on top of the refunds in the ledger. Default: nothing does. */
  readonly amountYen?: number
}

/** Takes back what refunds of an order are worth by now; false when there is nothing to take. */
export async function takeBackOf(work: Work, refund: Refund): Promise<boolean> {
  const { customerId, order, cause, at = work.now, amountYen = 0 } = refund
  const found = await findOrder(work.tx, customerId, order)
  const account = found && (await openAccount(work, customerId, found.entryId))
  const lot = account?.lots.find(({ id }) => id === found?.lotId)
  if (!account || !lot) return false
  const refundedYen = found.refundedYen + amountYen
  const points = pointsToTakeBack({ ...found, refundedYen, expired: lot.expired })
  if (points === 0) return false
  const after = takeBack(account.lots, lot.id, points)
  await takeOut(work, account, { kind: 'refund', points: -points, cause, at, ref: order, amountYen, after })
  return true
}
