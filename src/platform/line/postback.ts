import type { z } from 'zod'
import type { LineTurn, PostbackHandler } from './handlers.ts'
import { LIMITS, requireUnits } from './limits.ts'

const VERSION = 'v1'
const NAME = /^[a-z][a-z0-9_.-]{0,39}$/

/** A kind of button: how its data is written, and how a tap is handled. */
export interface Postback<Schema extends z.ZodType> {
  readonly name: string
  /** The action's data, "v1 <name> <json>"; throws MessageLimitError above LINE's 300 UTF-16 units. */
  encode(data: z.input<Schema>): string
  handler(handle: (turn: LineTurn, data: z.output<Schema>) => Promise<void>): PostbackHandler
}

/**
 * Names a kind of button ("flow.answer") and what its data must look like. Data from a button is never identity: who
 * tapped is `turn.customer`.
 */
export function definePostback<Schema extends z.ZodType>(name: string, schema: Schema): Postback<Schema> {
  if (!NAME.test(name)) throw new Error(`"${name}" is no postback name: write it like flow.answer`)
  return {
    name,
    encode(data) {
      const text = `${VERSION} ${name} ${JSON.stringify(data)}`
      requireUnits(`postback ${name}`, text, LIMITS.postbackDataUnits)
      return text
    },
    handler: (handle) => ({ name, schema, handle: async (turn, data) => handle(turn, schema.parse(data)) })
  }
}

/** Name and data of a button made by definePostback; undefined for anything else, and for another version's. */
export function decodePostback(text: string): { name: string; data: unknown } | undefined {
  const [version, name, ...json] = text.split(' ')
  if (version !== VERSION || !name || !NAME.test(name)) return undefined
  try {
    return { name, data: JSON.parse(json.join(' ')) }
  } catch {
    return undefined
  }
}
