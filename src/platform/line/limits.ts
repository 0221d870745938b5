import { graphemeCount } from '../../core/text.ts'

/**
 * What LINE accepts, from its Messaging API reference. "Units" are UTF-16 units, "graphemes" what a person sees as one
 * character (LINE's page "Character counting in a text" lists which is counted where).
 */
export const LIMITS = {
  textUnits: 5000,
  altTextUnits: 1500,
  bubbleBytes: 30_000,
  carouselBytes: 50_000,
  carouselBubbles: 12,
  quickReplies: 13,
  quickReplyLabelGraphemes: 20,
  labelGraphemes: 40,
  actionTextGraphemes: 300,
  postbackDataUnits: 300,
  uriUnits: 1000,
  imageUrlUnits: 2000,
  messagesPerCall: 5
} as const

/** A message that LINE would refuse. `limit` and `actual` are counted in `unit`. */
export class MessageLimitError extends Error {
  readonly field: string
  readonly limit: number
  readonly actual: number

  constructor(field: string, size: { limit: number; actual: number; unit: string }, atLeast = false) {
    super(`${field} has ${size.actual} ${size.unit}; LINE takes ${atLeast ? 'at least' : 'at most'} ${size.limit}`)
    this.name = 'MessageLimitError'
    this.field = field
    this.limit = size.limit
    this.actual = size.actual
  }
}

/** A message that LINE would refuse for its form: an unknown address scheme, a missing label. */
export class MessageFormError extends Error {
  readonly field: string

  constructor(field: string, fault: string) {
    super(`${field} ${fault}`)
    this.name = 'MessageFormError'
    this.field = field
  }
}

function requireCount(field: string, actual: number, limit: number, unit: string): void {
  if (actual < 1) throw new MessageLimitError(field, { limit: 1, actual, unit }, true)
  if (actual > limit) throw new MessageLimitError(field, { limit, actual, unit })
}

/** Throws unless the text has 1 to `limit` UTF-16 units. */
export function requireUnits(field: string, text: string, limit: number): void {
  requireCount(field, text.length, limit, 'UTF-16 units')
}

/** Throws unless the text has 1 to `limit` characters as a person sees them. */
export function requireGraphemes(field: string, text: string, limit: number): void {
  // A text can't have more graphemes than units: most never need the slow count.
  requireCount(field, text.length <= limit ? text.length : graphemeCount(text), limit, 'characters')
}

/** Throws unless there are 1 to `limit` items. */
export function requireItems(field: string, items: readonly unknown[], limit: number): void {
  requireCount(field, items.length, limit, 'items')
}

/** Throws when the value as JSON is longer than `limit` bytes of UTF-8. */
export function requireBytes(field: string, value: unknown, limit: number): void {
  requireCount(field, Buffer.byteLength(JSON.stringify(value)), limit, 'bytes of JSON')
}
