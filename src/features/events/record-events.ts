import { dayOf } from '../../core/time.ts'
import type { Fact, FiguresChange, Work } from '../../platform/work.ts'
import { announceLater } from './announce-later.ts'
import { renewFigures } from './change-stages.ts'
import { addFigures, type CountedEvent, figuresOf, movesValue } from './rules/day-figures.ts'
import { appendEvents, eventKey, type NewEvent } from './store/append.ts'
import { addDays, type CustomerDay } from './store/days.ts'
import { lockFigures } from './store/figures.ts'

/** What recording needs of a unit of work. */
export type Recording = Pick<Work, 'tx' | 'cipher' | 'now' | 'timeZone'>

export type Outcome = 'recorded' | 'duplicate'

/**
 * Records a batch of events and brings the figures of their customers up to date, in the caller's transaction and in a
 * fixed number of statements. One outcome per event, in order: an event whose source told it before, or twice in the
 * batch, is a duplicate and changes nothing. Nobody is told of them; see recordFacts. In a unit of work rooms look at what
 * the new figures lead to, and of that everybody is told, later. Up to about 1,000 events at once.
 */
export async function recordEvents(work: Recording | Work, events: readonly NewEvent[]): Promise<Outcome[]> {
  const { outcomes, changes } = await record(work, events)
  if ('figuresChanged' in work) announceLater(work, await consequences(work, changes))
  return outcomes
}

interface Recorded {
  readonly outcomes: Outcome[]
  /** Whose visits, orders or amounts are others now. */
  readonly changes: readonly FiguresChange[]
}

/** The same, and nobody has looked at what it leads to. */
export async function record(work: Recording, events: readonly NewEvent[]): Promise<Recorded> {
  if (events.length === 0) return { outcomes: [], changes: [] }
  const keys = events.map(eventKey)
  const byKey = new Map(events.map((event, index) => [keys[index] ?? '', event] as const).reverse())
  const fresh = await appendEvents(work.tx, work.cipher, byKey)
  const recorded = [...fresh].flatMap((key) => byKey.get(key) ?? [])
  await count(work, recorded)
  return { outcomes: keys.map((key) => (fresh.delete(key) ? 'recorded' : 'duplicate')), changes: changesBy(recorded) }
}

/** What comes of new figures, recorded. */
export async function consequences(work: Work, changes: readonly FiguresChange[]): Promise<Fact[]> {
  const facts = changes.length > 0 ? await work.figuresChanged(changes) : []
  await record(work, facts)
  return facts
}

function changesBy(events: readonly NewEvent[]): FiguresChange[] {
  const latest = new Map<string, Date>()
  for (const { name, customerId, at } of events) {
    if (movesValue(name) && at > (latest.get(customerId) ?? LONG_AGO)) latest.set(customerId, at)
  }
  return [...latest].map(([customerId, at]) => ({ customerId, at }))
}

/** Before every event. */
const LONG_AGO = new Date(-8.64e15)

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
