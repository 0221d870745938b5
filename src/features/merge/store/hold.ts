import type { Tx } from '../../../platform/db/index.ts'
import { lineKeys } from './people.ts'

/** Others are done with a customer in a moment. */
const HELD_WITHIN_MS = 10_000
/** Merges come one after the other: they would only keep each other from taking all. */
const MERGES = ['customer merge']
const PAUSE_MS = 20

/**
 * Takes everything about two customers for this transaction: LINE's events of theirs, their locks, their rows and figures.
 * Whoever records an event for one of them waits, and finds them gone or not. All is taken at once or nothing is kept: others
 * take the same things in different orders, and nobody must wait for somebody who waits for us. Throws when it takes too long.
 */
export async function holdPair(tx: Tx, ids: readonly string[]): Promise<void> {
  const end = performance.now() + HELD_WITHIN_MS
  while (!(await tryHold(tx, ids))) {
    if (performance.now() > end) throw new Error('These customers are in use all the time: try again later')
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())))
  }
}

async function tryHold(tx: Tx, ids: readonly string[]): Promise<boolean> {
  await tx.$executeRaw`SAVEPOINT holding`
  const keys = await lineKeys(tx, ids)
  const held =
    (await takeKeys(tx, MERGES)) &&
    (await takeKeys(tx, [...keys, ...ids])) &&
    (await takeRows(tx, ids)) &&
    (await isSame(tx, ids, keys))
  // What was taken since is let go again.
  if (!held) await tx.$executeRaw`ROLLBACK TO SAVEPOINT holding`
  await tx.$executeRaw`RELEASE SAVEPOINT holding`
  return held
}

async function takeKeys(tx: Tx, keys: readonly string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ held: boolean }[]>`
    SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(key, 0))) AS held
    FROM unnest(${[...keys]}::text[]) AS given (key)`
  return row?.held ?? false
}

/** A row that somebody else holds is left out, and missed. */
async function takeRows(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const wanted = [...ids]
  const people = await tx.$queryRaw<object[]>`
    SELECT 1 FROM customer WHERE id = ANY (${wanted}::uuid[]) FOR UPDATE SKIP LOCKED`
  const figures = await tx.$queryRaw<object[]>`
    SELECT 1 FROM customer_stats WHERE customer_id = ANY (${wanted}::uuid[]) FOR UPDATE SKIP LOCKED`
  const there = [
    await tx.customer.count({ where: { id: { in: wanted } } }),
    await tx.customerStats.count({ where: { customerId: { in: wanted } } })
  ]
  return people.length === there[0] && figures.length === there[1]
}

/** Another merge may have brought an account since we looked. */
async function isSame(tx: Tx, ids: readonly string[], keys: readonly string[]): Promise<boolean> {
  return (await lineKeys(tx, ids)).every((key) => keys.includes(key))
}
