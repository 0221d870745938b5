/** Most bytes an event's properties may have, as JSON in UTF-8. */
export const PROPERTIES_MAX_BYTES = 32 * 1024
/** How deep objects and lists may stand in each other; the properties themselves are level 1. */
export const PROPERTIES_MAX_DEPTH = 8

/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** What is wrong with an event, at a place such as "properties.lines.0.amount"; `message` says what to send instead. */
export interface EventFault {
  readonly field: string
  readonly message: string
}

/** Keys that would reach into an object's prototype wherever somebody merges it. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The first thing that keeps a value from being stored as JSON: what JSON cannot hold, U+0000, a key that reaches into
 * prototypes, too deep, too large. Undefined when there is nothing. Never throws, however hostile the value.
 */
export function jsonFault(value: unknown, field: string): EventFault | undefined {
  const budget = { bytes: PROPERTIES_MAX_BYTES }
  const fault = walk(value, { field, depth: 0, budget })
  if (fault) return fault
  if (budget.bytes >= 0) return undefined
  return { field, message: `is larger than ${PROPERTIES_MAX_BYTES / 1024} KiB: send only what you need` }
}

interface Place {
  readonly field: string
  readonly depth: number
  /** What is left of the size; counted down as the value is walked, so that a huge one is not walked to its end. */
  readonly budget: { bytes: number }
}

function walk(value: unknown, place: Place): EventFault | undefined {
  const { field, budget } = place
  if (budget.bytes < 0) return undefined
  if (value === null || typeof value === 'boolean') return spend(budget, 5)
  if (typeof value === 'string') return textFault(value, place)
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? spend(budget, String(value).length + 1)
      : { field, message: 'must be a finite number' }
  if (typeof value !== 'object') return { field, message: `cannot be a ${typeof value}: send JSON` }
  if (place.depth >= PROPERTIES_MAX_DEPTH)
    return { field, message: `is nested deeper than ${PROPERTIES_MAX_DEPTH} levels: send a flatter object` }
  spend(budget, 2)
  return Array.isArray(value) ? listFault(value, place) : objectFault(value, place)
}

function listFault(list: readonly unknown[], place: Place): EventFault | undefined {
  for (let index = 0; index < list.length && place.budget.bytes >= 0; index += 1) {
    const fault = walk(list[index], below(place, String(index)))
    if (fault) return fault
  }
  return undefined
}

function objectFault(object: object, place: Place): EventFault | undefined {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null)
    return { field: place.field, message: 'must be a plain object: send JSON' }
  for (const key of Object.keys(object)) {
    if (place.budget.bytes < 0) return undefined
    if (FORBIDDEN_KEYS.has(key)) return { field: place.field, message: `must not have a key "${key}"` }
    const inner = below(place, key.slice(0, 40))
    const fault = textFault(key, inner) ?? walk(Reflect.get(object, key), inner)
    if (fault) return fault
  }
  return undefined
}

function textFault(text: string, { field, budget }: Place): EventFault | undefined {
  if (text.includes('\u0000')) return { field, message: 'contains the character U+0000: leave it out' }
  // Every UTF-16 unit takes at least one byte: what is too long by that measure need not be encoded.
  spend(budget, text.length > PROPERTIES_MAX_BYTES ? text.length : jsonBytes(text))
  return undefined
}

/** Characters that JSON writes as they are, in one byte each. */
const PLAIN = /^[ !#-[\]-~]*$/

/** The bytes of a text as JSON writes it, with its quotes and one separator. Encoding a text costs ten times a look at it. */
function jsonBytes(text: string): number {
  if (PLAIN.test(text)) return text.length + 3
  return new TextEncoder().encode(JSON.stringify(text)).length + 1
}

function spend(budget: { bytes: number }, bytes: number): undefined {
  budget.bytes -= bytes
}

function below({ field, depth, budget }: Place, key: string): Place {
  return { field: `${field}.${key}`, depth: depth + 1, budget }
}

/** The same value with every half surrogate pair replaced, as PostgreSQL's JSON demands. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed()
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]))
}
