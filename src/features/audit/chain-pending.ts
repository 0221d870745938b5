import { type Database, lockKey, type Tx } from '../../platform/db/index.ts'
import { chained, type Head } from './rules/chain.ts'
import { nextFrom } from './rules/verify.ts'
import { signer } from './sign.ts'
import {
  lastPlace,
  listPending,
  notedHead,
  noteHead,
  type Pending,
  type Place,
  ROWS_AT_ONCE,
  savePlaces
} from './store/chain.ts'

/** Held by whoever gives rows their places, or takes the details of chained ones away. */
export const CHAIN_LOCK = 'audit.chain'

/**
 * Gives every row that has none its place in the chain, in portions of one short transaction each; how many rows. A row
 * that was written earlier and committed later follows in the next portion: the chain knows no gaps.
 */
export async function chainPending(db: Database): Promise<number> {
  let total = 0
  for (let rows = ROWS_AT_ONCE; rows === ROWS_AT_ONCE; total += rows) {
    rows = await db.transaction((tx) => chainPortion(tx, db))
  }
  return total
}

async function chainPortion(tx: Tx, { cipher }: Database): Promise<number> {
  await lockKey(tx, CHAIN_LOCK)
  const pending = await listPending(tx)
  if (pending.length === 0) return 0
  const start = nextFrom(await lastPlace(tx), await notedHead(tx, cipher))
  const { places, head } = placesFor(pending, start, signer(cipher))
  await savePlaces(tx, places)
  await noteHead(tx, cipher, head)
  return pending.length
}

function placesFor(pending: readonly Pending[], start: Head, sign: (text: string) => string) {
  const places: Place[] = []
  let head = start
  for (const row of pending) {
    const next = chained(sign, head, row)
    places.push({ ...next, id: row.id, previousHash: head.hash })
    head = next
  }
  return { places, head }
}
