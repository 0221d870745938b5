import { storable } from '../../../core/text.ts'

/** Longest event name, in UTF-16 units. */
export const NAME_MAX_LENGTH = 100

const PLAIN = /^[a-z0-9_.]+$/
const CONTROL = /\p{Cc}/u

/**
 * An event's name as it is stored: "Order Completed" and "order-completed" become order_completed. A name that cannot be
 * written in a–z, 0–9, _ and . ("会員登録") is kept as it was told. Undefined when empty, too long or with control characters.
 */
export function eventName(told: string): string | undefined {
  const text = storable(told).normalize('NFKC').trim()
  if (text === '' || text.length > NAME_MAX_LENGTH || CONTROL.test(text)) return undefined
  const plain = text.toLowerCase().replace(/[\s/:-]+/g, '_')
  return PLAIN.test(plain) ? plain : text
}
