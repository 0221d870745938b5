import { newId } from '../../../core/ids.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { EntryKind } from '../rules/entry-kind.ts'
import type { Lot } from '../rules/ledger.ts'

/** A line of the ledger. */
export interface NewEntry {
  readonly customerId: string
  readonly kind: EntryKind
  /** Below zero for what goes. */
  readonly points: number
  /** One line for each of a customer's causes. */
  readonly cause: string
  readonly at: Date
  /** The id of the order, the survey, the coupon. */
  readonly ref?: string
  readonly amountYen?: number
  /** The Slack account that did it, and its reason, sealed. */
  readonly by?: string
  readonly reasonSealed?: string
}

/**
 * A customer's lots with something left or owed, and the one that an entry made; undefined when there is no such customer
 * (any more).
 */
export async function findLots(tx: Tx, customerId: string, ofEntry?: string): Promise<Lot[] | undefined> {
  if (!(await tx.customer.findUnique({ where: { id: customerId }, select: { id: true } }))) return undefined
  const open = [{ remaining: { gt: 0 } }, { owed: { gt: 0 } }]
  const rows = await tx.pointsLot.findMany({
    where: { customerId, OR: ofEntry === undefined ? open : [...open, { entryId: ofEntry }] }
  })
  return rows.map(({ id, points, remaining, owed, expired, earnedAt, expiresAt }) => ({
    ...{ id, points, remaining, owed, expired, earnedAt },
    expiresAt: expiresAt ?? undefined
  }))
}

/** Whether this cause is in the customer's ledger. */
export async function hasEntry(tx: Tx, customerId: string, cause: string): Promise<boolean> {
  const where = { customerId_cause: { customerId, cause } }
  return (await tx.pointsEntry.findUnique({ where, select: { id: true } })) !== null
}

/** Adds a line and answers its id. Throws on a second one for the same cause: a broken invariant. */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<string> {
  return (await tx.pointsEntry.create({ data: { id: newId(), ...entry }, select: { id: true } })).id
}

/** Adds a lot that an entry made. */
export async function insertLot(tx: Tx, lot: Lot, { customerId, entryId }: { customerId: string; entryId: string }) {
  await tx.pointsLot.create({ data: { ...lot, customerId, entryId, expiresAt: lot.expiresAt ?? null } })
}

/** Writes those lots that are not what they were, in one statement. */
export async function saveLots(tx: Tx, before: readonly Lot[], after: readonly Lot[]): Promise<void> {
  const changed = after.filter((lot) => !before.includes(lot))
  if (changed.length === 0) return
  await tx.$executeRaw`
    UPDATE points_lot AS own SET remaining = given.remaining, owed = given.owed, expired = given.expired
    FROM unnest(
      ${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ remaining }) => remaining)}::int[],
      ${changed.map(({ owed }) => owed)}::int[], ${changed.map(({ expired }) => expired)}::int[]
    ) AS given (id, remaining, owed, expired)
    WHERE own.id = given.id`
}
