import { bagOf } from './bag.ts'

/** What a message can be; each type has a route of its own. */
export const TYPES = ['track', 'identify', 'page', 'screen', 'alias', 'group'] as const
export type MessageType = (typeof TYPES)[number]

/** Most messages in one request. */
export const MESSAGES_MAX = 2_500

/**
 * The messages of a request's body: those of its batch, or the body itself on the route of a
 * type. Undefined when it is neither.
 */
export function messagesOf(json: unknown, type: string | undefined): readonly unknown[] | undefined {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return undefined
  if (type !== undefined) return [{ ...json, type }]
  const { batch } = bagOf(json)
  return Array.isArray(batch) && batch.length <= MESSAGES_MAX ? batch : undefined
}
