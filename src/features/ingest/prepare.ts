import { canonicalJson, sha256Hex } from '../../core/hash.ts'
import { dayOf } from '../../core/time.ts'
import { type ToldAttribute, type ToldIdentity, toldAttribute, toldIdentity } from '../customers/index.ts'
import { isInCatalogue, jsonFault, type ParsedEvent, parseEnvelope, parseEvent } from '../events/index.ts'
import { bagOf } from './rules/bag.ts'
import { claimsOf, lineFaults } from './rules/claims.ts'
import type { Fault } from './rules/fault.ts'
import { type Message, readMessage } from './rules/message.ts'
import { mayBeTold, mayComeFromBrowser } from './rules/names.ts'
import { timeOf } from './rules/send-time.ts'

/** Who sends, and when it came. */
export interface Arrival {
  readonly source: string
  readonly kind: string
  readonly receivedAt: Date
  readonly timeZone: string
  /** When the sender, by its own clock, sent all of it. */
  readonly sentAt: unknown
}

/** A message that can be stored. */
export interface Ready {
  readonly identities: readonly ToldIdentity[]
  readonly attributes: readonly ToldAttribute[]
  readonly event: (ParsedEvent & { readonly shop: string | undefined }) | undefined
  readonly at: Date
  readonly messageId: string
  /** What was left out of it. */
  readonly warnings: readonly Fault[]
}

export interface Refused {
  readonly messageId: string | undefined
  readonly faults: readonly Fault[]
}

export type Prepared = { readonly ok: true; readonly ready: Ready } | { readonly ok: false; readonly refused: Refused }

/** Checks one message and makes it ready to be stored, or says all that is wrong with it. Takes anything, throws never. */
export function prepare(given: unknown, arrival: Arrival): Prepared {
  const bag = bagOf(given)
  const messageId = typeof bag.messageId === 'string' ? bag.messageId.slice(0, 200).toWellFormed() : undefined
  const refuse = (faults: readonly Fault[]): Prepared => ({ ok: false, refused: { messageId, faults } })
  const shape = jsonFault(given, 'message')
  if (shape) return refuse([{ ...shape, field: shape.field.replace(/^message\./, '') }])
  const message = readMessage(bag, arrival.kind)
  if (message.faults.length > 0) return refuse(message.faults)

  const envelope = parseEnvelope(
    {
      at: timeOf({ timestamp: bag.timestamp, sentAt: bag.sentAt ?? arrival.sentAt }, arrival.receivedAt),
      sourceId: bag.messageId ?? ownId(bag)
    },
    arrival.receivedAt
  )
  const who = identitiesOf(message)
  const event = eventOf(message, arrival)
  const faults = [...(envelope.ok ? [] : envelope.faults), ...who.faults, ...event.faults]
  if (!envelope.ok || faults.length > 0) return refuse(faults)
  const { at, sourceId } = envelope.value
  const attributes = attributesOf(message, arrival)
  return {
    ok: true,
    ready: {
      ...{ at, messageId: sourceId, identities: who.identities, event: event.parsed },
      attributes: attributes.told,
      warnings: [...who.warnings, ...attributes.warnings]
    }
  }
}

/** A message without an id is the same when all of it is, its time included; without a time each is one of its own. */
function ownId(bag: Readonly<Record<string, unknown>>): string {
  const { sentAt: _, writeKey: __, ...content } = bag
  return content.timestamp === undefined ? `own-${crypto.randomUUID()}` : `own-${sha256Hex(canonicalJson(content))}`
}

/** Whom a message without a type names, as a source's server may name them: userId, traits, context.externalIds. */
export function namedBy(
  given: unknown,
  kind: string
): { identities: readonly ToldIdentity[]; faults: readonly Fault[] } {
  const bag = { ...bagOf(given), type: 'identify' }
  const claims = claimsOf(bag, kind)
  const faults = lineFaults(bag, claims)
  return faults.length > 0 ? { identities: [], faults } : identitiesOf({ claims })
}

/** Identities that are none are left out as long as somebody is named. */
function identitiesOf({ claims }: Pick<Message, 'claims'>) {
  const identities: ToldIdentity[] = []
  const bad: Fault[] = []
  for (const { kind, value, field } of claims) {
    const told = toldIdentity(kind, value)
    if (told.ok) identities.push(told.value)
    else bad.push({ field, message: told.message })
  }
  if (identities.length > 0) return { identities, warnings: bad, faults: [] }
  const nobody = { field: 'userId', message: 'nobody is named: send a userId, an anonymousId, or traits.email' }
  return { identities, warnings: [], faults: bad.length > 0 ? bad : [nobody] }
}

function eventOf({ event }: Message, { kind }: Arrival): { parsed: Ready['event']; faults: readonly Fault[] } {
  if (!event) return { parsed: undefined, faults: [] }
  const parsed = parseEvent(event.name, event.properties)
  if (!parsed.ok) return { parsed: undefined, faults: parsed.faults }
  const refused = event.isNamed && refusedName(parsed.value.name, kind)
  const shop = event.shop === undefined || event.shop.length > 100 ? undefined : event.shop.toWellFormed()
  return { parsed: { ...parsed.value, shop }, faults: refused ? [{ field: 'event', message: refused }] : [] }
}

function refusedName(name: string, kind: string): string | undefined {
  if (!mayBeTold(name)) return 'is for Matane alone to tell: send it under a name of your own'
  if (kind === 'browser' && !mayComeFromBrowser(name, isInCatalogue(name)))
    return "cannot come with a browser's key, which proves nothing: send it from your server"
  return undefined
}

function attributesOf(message: Message, { receivedAt, timeZone }: Arrival) {
  // Most messages say nothing of the person, and a calendar day costs more than all else here.
  const today = message.attributes.length > 0 ? dayOf(receivedAt, timeZone) : ''
  const told: ToldAttribute[] = []
  const warnings: Fault[] = []
  for (const [name, value] of message.attributes) {
    const attribute = toldAttribute(name, value, { timeZone, today })
    if (attribute.ok) told.push(attribute.value)
    else warnings.push({ field: `traits.${name.slice(0, 40).toWellFormed()}`, message: attribute.message })
  }
  return { told, warnings }
}
