import { ok, type Result } from '../../../core/result.ts'
import { type EventFault, type Json, type JsonObject, jsonFault, wellFormed } from './bounds.ts'
import { CATALOGUE, knownName } from './catalogue.ts'
import { eventName, NAME_MAX_LENGTH } from './name.ts'

export interface ParsedEvent {
  /** As the catalogue writes it, or a custom event's own. */
  readonly name: string
  /** What the catalogue knows to be impersonal. */
  readonly properties: JsonObject
  /** Everything else, to be sealed. */
  readonly personal: JsonObject
}

/** Why an event is not taken; every fault of one event at once. */
export interface BadEvent {
  readonly kind: 'bad_event'
  readonly faults: readonly EventFault[]
}

/**
 * An event's name and properties, checked and divided into what may be stored in the clear and what is sealed. An unknown
 * name is a custom event: all of it is sealed. Takes anything, throws never.
 */
export function parseEvent(name: unknown, properties: unknown = {}): Result<ParsedEvent, BadEvent> {
  const told = typeof name === 'string' ? eventName(name) : undefined
  if (told === undefined)
    return bad({ field: 'event', message: `must be a text of 1 to ${NAME_MAX_LENGTH} characters` })
  const given = propertiesOf(properties)
  if (!given.ok) return given
  const known = knownName(told)
  const schema = CATALOGUE.get(known)
  if (!schema) return ok({ name: known, properties: {}, personal: given.value })
  const checked = schema.safeParse(given.value)
  if (!checked.success) return bad(...checked.error.issues.map(faultOf))
  return ok({ name: known, ...divide(given.value, checked.data) })
}

function propertiesOf(properties: unknown): Result<JsonObject, BadEvent> {
  const given = properties ?? {}
  const fault = jsonFault(given, 'properties')
  if (fault) return bad(fault)
  if (!isJsonObject(given)) return bad({ field: 'properties', message: 'must be an object' })
  return ok(Object.fromEntries(Object.entries(given).map(([key, value]) => [key.toWellFormed(), wellFormed(value)])))
}

/** True of any object that jsonFault finds nothing wrong with. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A property that went into the clear only in part (a path without its query, an order's lines) is also kept whole. */
function divide(given: JsonObject, taken: Readonly<Record<string, unknown>>): Omit<ParsedEvent, 'name'> {
  const clear = Object.entries(taken).filter((entry): entry is [string, Json] => entry[1] !== undefined)
  const properties = Object.fromEntries(clear)
  const rest = Object.entries(given).filter(([key, value]) => !sameValue(value, properties[key]))
  return { properties, personal: Object.fromEntries(rest) }
}

function sameValue(given: Json, taken: Json | undefined): boolean {
  return (
    taken !== undefined &&
    (given === taken || JSON.stringify(given) === JSON.stringify(taken) || String(given) === taken)
  )
}

function faultOf({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): EventFault {
  return { field: ['properties', ...path.map(String)].join('.'), message }
}

function bad(...faults: readonly EventFault[]): { readonly ok: false } & BadEvent {
  return { ok: false, kind: 'bad_event', faults }
}
