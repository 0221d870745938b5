import { bagOf } from './bag.ts'

/** What a message can be; each type has a route of its own. */
export const TYPES = ['track', 'identify', 'page', 'screen', 'alias', 'group'] as const
export type MessageType = (typeof TYPES)[number]

/** Most messages in one request; of a browser, whose key everybody has, as many as a page sends together. */
export const MESSAGES_MAX = 2_500
const BROWSER_MESSAGES_MAX = 20

interface Request {
  /** Of a route that takes one message; undefined = batches. */
  readonly type: string | undefined
  /** Of the key it came with. */
  readonly kind: string
}

/** The messages of a body: those of its batch, or the body itself on the route of a type. Undefined when it is neither. */
export function messagesOf(json: unknown, { type, kind }: Request): readonly unknown[] | undefined {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return undefined
  if (type !== undefined) return [{ ...json, type }]
  const { batch } = bagOf(json)
  const max = kind === 'browser' ? BROWSER_MESSAGES_MAX : MESSAGES_MAX
  return Array.isArray(batch) && batch.length <= max ? batch : undefined
}
