import { newId } from '../../core/ids.ts'
import type { Perform, Work } from '../../platform/work.ts'
import { keepTouches } from '../attribution/index.ts'
import { resolveCustomers, tellAttributes } from '../customers/index.ts'
import { announceLater, type NewEvent, recordEvents } from '../events/index.ts'
import { type Arrival, prepare, type Ready } from './prepare.ts'
import type { Fault } from './rules/fault.ts'

/** Something about one message of a batch: where it stands in it, and what to send instead. */
export interface Remark {
  readonly index: number
  readonly messageId: string | undefined
  readonly error: string
  readonly hint: string
}

/** What became of a batch. All that is counted as stored or duplicate is durable. */
export interface Receipt {
  readonly received: number
  readonly stored: number
  /** Told before, by the same messageId. */
  readonly duplicates: number
  readonly errors: readonly Remark[]
  /** Messages that were stored without a part of them. */
  readonly warnings: readonly Remark[]
}

/** So many share a transaction: the locks of larger ones are held too long. */
const MESSAGES_AT_ONCE = 250

/**
 * Stores every message that is good, and says of each other what is wrong with it. What it answers is committed. Throws
 * when the database does not take them: the sender has to send all of them again, and each still counts once.
 */
export async function recordMessages(
  perform: Perform,
  messages: readonly unknown[],
  arrival: Arrival
): Promise<Receipt> {
  const ready: Ready[] = []
  const [errors, warnings]: [Remark[], Remark[]] = [[], []]
  for (const [index, message] of messages.entries()) {
    const prepared = prepare(message, arrival)
    if (prepared.ok) {
      ready.push(prepared.ready)
      warnings.push(...remarks(index, prepared.ready.messageId, prepared.ready.warnings))
    } else errors.push(...remarks(index, prepared.refused.messageId, prepared.refused.faults))
  }
  let duplicates = 0
  for (let from = 0; from < ready.length; from += MESSAGES_AT_ONCE) {
    const some = ready.slice(from, from + MESSAGES_AT_ONCE)
    duplicates += await perform(`ingest:${newId()}`, (work) => store(work, some, arrival.source))
  }
  return { received: messages.length, stored: ready.length - duplicates, duplicates, errors, warnings }
}

/** The whole effect of some messages, in a fixed number of statements; how many events were known already. */
async function store(work: Work, messages: readonly Ready[], source: string): Promise<number> {
  const customerIds = await resolveCustomers(
    work,
    messages.map(({ identities }) => identities)
  )
  const owned = messages.map((message, index) => ({ ...message, customerId: customerIds[index] ?? '' }))
  await tellAttributes(
    work,
    owned.map(({ customerId, at, messageId, attributes }) => ({
      customerId,
      at,
      by: `${source}:${messageId}`,
      attributes
    }))
  )
  const events = owned.flatMap(({ customerId, at, messageId, event }): NewEvent[] =>
    event ? [{ ...event, customerId, at, source, sourceId: messageId }] : []
  )
  const outcomes = await recordEvents(work, events)
  const recorded = events.filter((_, index) => outcomes[index] === 'recorded')
  await keepTouches(work, recorded)
  announceLater(work, recorded)
  return events.length - recorded.length
}

function remarks(index: number, messageId: string | undefined, faults: readonly Fault[]): Remark[] {
  return faults.map(({ field, message }) => ({ index, messageId, error: field, hint: message }))
}
