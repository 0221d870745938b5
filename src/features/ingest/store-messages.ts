import type { Work } from '../../platform/work.ts'
import { keepTouches } from '../attribution/index.ts'
import { resolveCustomers, tellAttributes } from '../customers/index.ts'
import { announceLater, type NewEvent, recordEvents } from '../events/index.ts'
import type { Ready } from './prepare.ts'

/** What became of a message; "erased" = it is about somebody who was erased since. */
export type Outcome = 'stored' | 'duplicate' | 'erased'

/** The whole effect of some messages, in a fixed number of statements; one outcome each, in order. */
export async function storeMessages(work: Work, messages: readonly Ready[], source: string): Promise<Outcome[]> {
  const customerIds = await resolveCustomers(
    work,
    messages.map(({ identities, at }) => ({ told: identities, at }))
  )
  const owned = messages.flatMap((message, place) => {
    const customerId = customerIds[place]
    return customerId === undefined ? [] : [{ ...message, customerId, place }]
  })
  await tellAttributes(
    work,
    owned.map(({ customerId, at, messageId, attributes }) => ({
      customerId,
      at,
      by: `${source}:${messageId}`,
      attributes
    }))
  )
  const happened = owned.flatMap(({ customerId, at, messageId, event, place }) =>
    event ? [{ place, event: { ...event, customerId, at, source, sourceId: messageId } satisfies NewEvent }] : []
  )
  const events = happened.map(({ event }) => event)
  const recorded = await recordEvents(work, events)
  const fresh = events.filter((_, index) => recorded[index] === 'recorded')
  await keepTouches(work, fresh)
  announceLater(work, fresh)
  const duplicates = new Set(happened.filter((_, index) => recorded[index] === 'duplicate').map(({ place }) => place))
  return customerIds.map((id, place) => (id === undefined ? 'erased' : duplicates.has(place) ? 'duplicate' : 'stored'))
}
