import type { Tx } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { touchOf } from './rules/touch.ts'
import { keepTouch, remakeTouches } from './store.ts'

/** Keeps what a fact tells of where its customer came from, if it tells anything. */
export async function onTouch(work: Work, { customerId, at, source, sourceId, properties }: Fact): Promise<void> {
  const touch = touchOf(properties)
  if (touch) await keepTouch(work.tx, { ...touch, customerId, at, eventKey: `${source}:${sourceId}` })
}

/**
 * Makes first and last touch of customers anew from their events, in the caller's transaction: after their events have
 * moved, as with a merge, the answer is what it would have been had they been one from the start.
 */
export function rebuildAttribution({ tx }: { readonly tx: Tx }, customerIds: readonly string[]): Promise<void> {
  return remakeTouches(tx, customerIds)
}
