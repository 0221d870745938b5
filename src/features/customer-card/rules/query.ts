/** What somebody typed to find a customer. */
export type Query =
  | { readonly kind: 'follow_up'; readonly number: number }
  | { readonly kind: 'id'; readonly id: string }
  /** A name, a phone number, an address, a member number, a coupon's serial: whatever it fits. `tail` ends an id. */
  | { readonly kind: 'words'; readonly text: string; readonly tail: string | undefined }

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TAIL = /^(?:…|\.{3})?([0-9a-f]{4})$/
const FOLLOW_UP = /^#(\d{1,9})$/
/** Nobody has a longer name, number or address. */
const MAX_LENGTH = 200

/** Reads what follows "/matane customer"; undefined when nothing does, or far too much. Never throws. */
export function parseQuery(typed: string): Query | undefined {
  const text = typed.normalize('NFKC').trim().replace(/^@+/, '')
  if (text === '' || text.length > MAX_LENGTH) return undefined
  const number = Number(FOLLOW_UP.exec(text)?.[1])
  if (number > 0) return { kind: 'follow_up', number }
  const lower = text.toLowerCase()
  if (UUID.test(lower)) return { kind: 'id', id: lower }
  return { kind: 'words', text, tail: TAIL.exec(lower)?.[1] }
}
