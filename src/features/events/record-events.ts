import { dayOf } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { renewFigures } from './change-stages.ts'
import { addFigures, type CountedEvent, figuresOf } from './rules/day-figures.ts'
import { appendEvents, eventKey, type NewEvent } from './store/append.ts'
import { addDays, type CustomerDay } from './store/days.ts'
import { lockFigures } from './store/figures.ts'

/** What recording needs of a unit of work. */
export type Recording = Pick<Work, 'tx' | 'cipher' | 'now' | 'timeZone'>

export type Outcome = 'recorded' | 'duplicate'

/**
 * Records a batch of events and brings the figures of their customers up to date, in the caller's transaction and in a
 * fixed number of statements. One outcome per event, in order: an event whose source told it before, or twice in the
 * batch, is a duplicate and changes nothing. Nobody is told; see recordFacts. Up to about 1,000 events at once.
 */
export async function recordEvents(work: Recording, events: readonly NewEvent[]): Promise<Outcome[]> {
  if (events.length === 0) return []
  const keys = events.map(eventKey)
  const byKey = new Map(events.map((event, index) => [keys[index] ?? '', event] as const).reverse())
  const fresh = await appendEvents(work.tx, work.cipher, byKey)
  await count(
    work,
    [...fresh].flatMap((key) => byKey.get(key) ?? [])
  )
  return keys.map((key) => (fresh.delete(key) ? 'recorded' : 'duplicate'))
}

async function count(work: Recording, events: readonly NewEvent[]): Promise<void> {
  const { tx, timeZone } = work
  const days = daysOf(events, timeZone)
  if (days.length === 0) return
  const customerIds = [...new Set(days.map(({ customerId }) => customerId))]
  await lockFigures(tx, customerIds)
  await addDays(tx, days)
  await renewFigures(work, customerIds)
}

/** What events add to the days of their customers, one entry per customer and day. */
export function daysOf(
  events: readonly (CountedEvent & { readonly customerId: string })[],
  timeZone: string
): CustomerDay[] {
  const days = new Map<string, CustomerDay>()
  for (const event of events) {
    const figures = figuresOf(event)
    if (!figures) continue
    const { customerId } = event
    const day = dayOf(event.at, timeZone)
    const known = days.get(`${customerId} ${day}`)
    days.set(`${customerId} ${day}`, { customerId, day, figures: known ? addFigures(known.figures, figures) : figures })
  }
  return [...days.values()]
}
