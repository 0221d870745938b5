import type { Tx } from '../../platform/db/index.ts'
import { endsOf, TOUCH_EVENTS, touchOf } from './rules/touch.ts'
import { remakeTouches, saveTouches } from './store.ts'

/** What an event tells that was recorded just now. */
export interface TouchingEvent {
  readonly customerId: string
  readonly name: string
  readonly at: Date
  readonly source: string
  readonly sourceId: string
  readonly properties: Readonly<Record<string, unknown>>
}

const NAMES: ReadonlySet<string> = new Set(TOUCH_EVENTS)

/**
 * Keeps what events that were recorded just now tell of where their customers came from, in the same transaction: however
 * late they are told. One statement for all, none when they tell nothing, as most do.
 */
export async function keepTouches({ tx }: { readonly tx: Tx }, events: readonly TouchingEvent[]): Promise<void> {
  const touches = events.flatMap(({ customerId, name, at, source, sourceId, properties }) => {
    const touch = NAMES.has(name) ? touchOf(properties) : undefined
    return touch ? [{ ...touch, customerId, at, eventKey: `${source}:${sourceId}` }] : []
  })
  if (touches.length > 0) await saveTouches(tx, endsOf(touches))
}

/**
 * Makes first and last touch of customers anew from their events, in the caller's transaction: after their events have
 * moved, as with a merge, the answer is what it would have been had they been one from the start.
 */
export function rebuildAttribution({ tx }: { readonly tx: Tx }, customerIds: readonly string[]): Promise<void> {
  return remakeTouches(tx, customerIds)
}
