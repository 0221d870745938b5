import { type Bag, bagOf, firstOf, present, textOf } from './bag.ts'
import { type MessageType, TYPES } from './batch.ts'
import { browserClaims, type Claim, claimsOf, lineFaults } from './claims.ts'
import type { Fault } from './fault.ts'
import { landingOf, pageOf } from './landing.ts'
import { ourName } from './names.ts'
import { currencyFault, ourProperties } from './properties.ts'
import { attributesOf } from './traits.ts'

/** A message of Segment's form, read; who and what it names is still to be checked. */
export interface Message {
  readonly claims: readonly Claim[]
  readonly attributes: readonly (readonly [name: string, value: unknown])[]
  /** What happened; undefined when the message only says who somebody is. */
  readonly event: MessageEvent | undefined
  readonly faults: readonly Fault[]
}

export interface MessageEvent {
  readonly name: unknown
  readonly properties: Bag
  readonly shop: string | undefined
  /** The sender named it; else we do. */
  readonly isNamed: boolean
}

/** Reads a message of which no part is too deep or too large. `kind` is that of the key it came with. */
export function readMessage(given: Bag, kind: string): Message {
  const type = TYPES.find((each) => each === given.type)
  if (!type) return faulty({ field: 'type', message: `must be one of ${TYPES.join(', ')}` })
  const isBrowser = kind === 'browser'
  if (isBrowser && (type === 'identify' || type === 'alias' || type === 'group'))
    return faulty({
      field: 'type',
      message:
        "cannot come with a browser's key, which proves nothing: identify from your server, with the same anonymousId"
    })
  const claims = isBrowser ? browserClaims(given) : claimsOf(given, kind)
  const event = EVENTS[type](given)
  const currency = event && currencyFault(String(event.name), event.properties)
  return {
    claims,
    attributes: type === 'identify' ? attributesOf(bagOf(given.traits), bagOf(given.context)) : [],
    event,
    faults: [...(isBrowser ? [] : lineFaults(given, claims)), ...(currency ? [currency] : [])]
  }
}

const EVENTS: Readonly<Record<MessageType, (given: Bag) => MessageEvent | undefined>> = {
  track(given) {
    const name = typeof given.event === 'string' ? ourName(given.event) : given.event
    const properties = bagOf(given.properties)
    return eventOf(given, name, { ...properties, ...ourProperties(String(name), properties, bagOf(given.context)) })
  },
  page: (given) => viewOf(given, given.name),
  // A screen has no path: its name is where somebody is.
  screen: (given) => viewOf(given, given.name, textOf(given.name)),
  identify(given) {
    const landing = landingOf(bagOf(given.traits), bagOf(given.context))
    return Object.keys(landing).length > 0 ? eventOf(given, 'attribution.touched', landing) : undefined
  },
  alias: () => undefined,
  group: (given) => eventOf(given, 'group', present({ group_id: given.groupId, ...bagOf(given.traits) }))
}

function viewOf(given: Bag, name: unknown, path?: string): MessageEvent {
  const [properties, context] = [bagOf(given.properties), bagOf(given.context)]
  const told = { ...pageOf(properties, context), ...landingOf(properties, context) }
  const category = firstOf(given, 'category')
  return eventOf(given, 'page.viewed', {
    ...properties,
    ...present({ ...(path && { path }), ...told, name, category })
  })
}

function eventOf(given: Bag, name: unknown, properties: Bag): MessageEvent {
  const shop = firstOf(properties, 'shop', 'shop_id', 'store_id') ?? firstOf(bagOf(given.context), 'shop')
  return {
    name,
    properties,
    shop: typeof shop === 'number' ? String(shop) : textOf(shop),
    isNamed: given.type === 'track'
  }
}

function faulty(fault: Fault): Message {
  return { claims: [], attributes: [], event: undefined, faults: [fault] }
}
