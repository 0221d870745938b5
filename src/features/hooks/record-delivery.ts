import { dayOf } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { keepTouches } from '../attribution/index.ts'
import { findCustomer, resolveCustomers, tellAttributes, toldAttribute } from '../customers/index.ts'
import { announceLater, type NewEvent, ownerOfOrder, parseEnvelope, parseEvent, recordEvents } from '../events/index.ts'
import { identitiesOf } from './identities-of.ts'
import type { Delivery, HookEvent } from './rules/delivery.ts'
import { Refusal } from './rules/refusal.ts'
import { type Late, waitFor } from './wait-for.ts'

/** Records what a delivery tells of. Throws a Refusal, and nothing of it is taken, when one of its events cannot be. */
export async function recordDelivery(work: Work, delivery: Delivery, events: readonly HookEvent[]): Promise<void> {
  const checked = events.map((event) => ({ ...event, checked: check(work, delivery.source, event) }))
  const { strangers, others } = await setStrangersAside(work, checked)
  const owned = await findOwners(work, delivery.source, others)
  const ofUnknownOrders = owned.filter(
    ({ customerId, ofOrder, erased }) => customerId === undefined && ofOrder !== undefined && !erased
  )
  for (const event of [...strangers, ...ofUnknownOrders])
    await waitFor(work, delivery.source, { event, since: work.now, tries: 0 })
  const nameless = owned.filter(({ customerId, ofOrder }) => customerId === undefined && ofOrder === undefined).length
  if (nameless > 0) work.log.info('A webhook told of nobody we could know', { hook: delivery.source, events: nameless })
  await tellAbout(work, delivery, owned)
  await record(
    work,
    owned.flatMap(({ customerId, checked }) => (customerId && checked ? [{ ...checked, customerId }] : []))
  )
}

/** Records an event that waited, if it is known by now whose it is, or for a customer yet unknown at the last look. */
export async function recordLate(work: Work, { source, event, isLast }: Late): Promise<boolean> {
  if (!isLast && (await isStranger(work, event))) return false
  const [owned] = await findOwners(work, source, [event])
  const checked = check(work, source, event)
  if (!owned?.customerId || !checked) return false
  await record(work, [{ ...checked, customerId: owned.customerId }])
  return true
}

type Checked = Omit<NewEvent, 'customerId'>

/** The event as it will be stored; undefined when nothing happened. */
function check({ now }: Work, source: string, event: HookEvent): Checked | undefined {
  if (event.name === undefined) return undefined
  const envelope = parseEnvelope({ at: event.at, sourceId: event.id }, now)
  const parsed = parseEvent(event.name, withoutGaps(event.properties))
  const faults = [...(envelope.ok ? [] : envelope.faults), ...(parsed.ok ? [] : parsed.faults)]
  if (!envelope.ok || !parsed.ok)
    throw new Refusal(`${event.name}: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}`)
  return { ...parsed.value, ...envelope.value, source, ...(event.shop !== undefined && { shop: event.shop }) }
}

function withoutGaps(properties: HookEvent['properties']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}

/** Those of accounts that nobody told the owner of are apart: making customers of them would make two of one person. */
async function setStrangersAside<Event extends HookEvent>(work: Work, events: readonly Event[]) {
  const aside = await Promise.all(events.map((event) => isStranger(work, event)))
  return {
    strangers: events.filter((_, index) => aside[index]),
    others: events.filter((_, index) => !aside[index])
  }
}

/** Whether something happened to an account of a payment service that is all we are told of its owner. */
async function isStranger({ tx, cipher }: Work, { name, who }: HookEvent): Promise<boolean> {
  const told = identitiesOf(who)
  const [account] = told
  if (name === undefined || account?.kind !== 'billing' || told.length > 1) return false
  return (await findCustomer(tx, cipher, account)) === undefined
}

/** An order's customer, else whoever the event names; undefined when that is nobody, or was erased since. */
async function findOwners<Event extends HookEvent>(work: Work, source: string, events: readonly Event[]) {
  const owned: (Event & { customerId: string | undefined; erased: boolean })[] = []
  for (const event of events) {
    const told = identitiesOf(event.who)
    const owner = event.ofOrder && (await ownerOfOrder(work.tx, { source, sourceId: event.ofOrder }))
    const isNamed = told.length > 0 && !owner
    const [resolved] = isNamed ? await resolveCustomers(work, [{ told, at: event.at }]) : []
    owned.push({ ...event, customerId: owner || resolved, erased: isNamed && resolved === undefined })
  }
  return owned
}

/** Left out is what cannot be understood: it is beside the point. */
async function tellAbout(
  work: Work,
  { source, id }: Delivery,
  events: readonly (HookEvent & { customerId: string | undefined })[]
): Promise<void> {
  const context = { timeZone: work.timeZone, today: dayOf(work.now, work.timeZone) }
  const told = events.flatMap(({ customerId, at, about = {} }) => {
    const attributes = Object.entries(about).flatMap(([name, value]) => {
      const attribute = toldAttribute(name, value, context)
      return attribute.ok ? [attribute.value] : []
    })
    return customerId && attributes.length > 0 ? [{ customerId, at, by: `${source}:${id}`, attributes }] : []
  })
  await tellAttributes(work, told)
}

async function record(work: Work, events: readonly NewEvent[]): Promise<void> {
  const outcomes = await recordEvents(work, events)
  const fresh = events.filter((_, index) => outcomes[index] === 'recorded')
  await keepTouches(work, fresh)
  announceLater(work, fresh)
}
