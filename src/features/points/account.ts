import { newId } from '../../core/ids.ts'
import { endOfPeriod } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { expire, type Lot, settle } from './rules/ledger.ts'
import { findLots, hasEntry, insertEntry, insertLot, type NewEntry, saveLots } from './store/ledger.ts'

/** A customer's points, held for the rest of the transaction; nothing in it has run out. */
export interface Account {
  readonly customerId: string
  readonly lots: readonly Lot[]
}

/**
 * Takes a customer's points for this transaction, and writes off what ran out. `ofEntry`: also the lot that this entry made,
 * when nothing of it is left. Undefined when there is no such customer (any more).
 */
export async function openAccount(work: Work, customerId: string, ofEntry?: string): Promise<Account | undefined> {
  const { tx, now } = work
  await lockKey(tx, customerId)
  const found = await findLots(tx, customerId, ofEntry)
  if (!found) return undefined
  const lots = expire(found, now)
  await saveLots(tx, found, lots)
  for (const [index, { id, remaining, expiresAt }] of found.entries()) {
    if (lots[index]?.remaining === remaining) continue
    const run = { kind: 'expiry', points: -remaining, cause: `expiry:${id}`, at: expiresAt ?? now } as const
    await insertEntry(tx, { customerId, ...run })
  }
  return { customerId, lots }
}

/** Points that come. */
export interface Gain extends Omit<NewEntry, 'points' | 'customerId'> {
  /** At least 1. */
  readonly points: number
  /** How long they hold ("365d"); undefined = for ever. */
  readonly expires: string | undefined
}

/** Adds points, which pay what is owed first. The account after it; undefined, and nothing happens, when the cause is known. */
export async function receive(work: Work, account: Account, gain: Gain): Promise<Account | undefined> {
  const { tx, timeZone } = work
  const { customerId, lots } = account
  const { expires, ...entry } = gain
  if (await hasEntry(tx, customerId, entry.cause)) return undefined
  const entryId = await insertEntry(tx, { customerId, ...entry })
  const { points, at } = entry
  const lot = { id: newId(), points, remaining: points, owed: 0, expired: 0, earnedAt: at }
  const expiresAt = expires === undefined ? undefined : endOfPeriod(at, expires, timeZone)
  const all = [...lots, { ...lot, expiresAt }]
  const after = settle(all)
  const own = after.at(-1)
  if (own) await insertLot(tx, own, { customerId, entryId })
  await saveLots(tx, lots, after.slice(0, -1))
  return { customerId, lots: after }
}

/** Writes down points that go, and the lots as they are without them. */
export async function takeOut(
  { tx }: Work,
  { customerId, lots }: Account,
  { after, ...entry }: Omit<NewEntry, 'customerId'> & { readonly after: readonly Lot[] }
): Promise<Account> {
  await insertEntry(tx, { customerId, ...entry })
  await saveLots(tx, lots, after)
  return { customerId, lots: after }
}
