import { z } from 'zod'
import type { InboxConsumer } from '../../platform/queue/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { eventKey, type NewEvent } from './store/append.ts'
import { findEvent } from './store/find.ts'

/** What is told later than this is no news to anybody: an import of past visits. Rooms that want it fresher look themselves. */
const NEWS_MS = 7 * 24 * 3_600_000
const SOURCE = 'fact'

/**
 * Lets the features that listen be told of recorded events, each in a unit of work of its own after this one: whoever sends
 * a hundred visits at once waits for none of the flows they start, and one that fails spoils no other. Nothing for events
 * that nobody listens for, or that are no news.
 */
export function announceLater(work: Work, events: readonly NewEvent[]): void {
  for (const event of events) {
    const { customerId, name, at, source, sourceId } = event
    if (!work.hears(name) || work.now.getTime() - at.getTime() > NEWS_MS) continue
    const body = JSON.stringify({ name, at, source, sourceId } satisfies Record<keyof z.infer<typeof Body>, unknown>)
    work.later({ source: SOURCE, eventId: eventKey(event), key: customerId, occurredAt: at, body })
  }
}

const Body = z.object({ name: z.string(), at: z.coerce.date(), source: z.string(), sourceId: z.string() })

/** Tells the features of an event as it is by then: whoever it belongs to, and not at all when it was erased. */
export const factConsumer: InboxConsumer = {
  source: SOURCE,
  async handle(work, { body }) {
    const named = Body.parse(JSON.parse(body))
    const event = await findEvent(work.tx, named)
    if (event) await work.announce({ ...named, ...event, properties: plainOf(event.properties) })
  }
}

/** Facts carry plain values only; what is nested is for those who read the event itself. */
function plainOf(properties: NewEvent['properties']): Fact['properties'] {
  const plain = Object.entries(properties).filter(
    (entry): entry is [string, string | number | boolean | null] => entry[1] === null || typeof entry[1] !== 'object'
  )
  return Object.fromEntries(plain)
}
