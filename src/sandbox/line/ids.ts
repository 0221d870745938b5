import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID as LINE names its webhook events: sorts by time, the rest is random. `atMs` is epoch milliseconds. */
export function ulid(atMs: number): string {
  let time = ''
  for (let left = atMs; time.length < 10; left = Math.floor(left / 32)) time = CROCKFORD.charAt(left % 32) + time
  return time + Array.from(randomBytes(16), (byte) => CROCKFORD.charAt(byte % 32)).join('')
}

/** A LINE user id: U and 32 hexadecimal digits. */
export function newUserId(): string {
  return `U${randomBytes(16).toString('hex')}`
}

/** A message id: decimal digits, later ones are greater. */
export function newMessageId(atMs: number): string {
  return `${atMs}${String(randomInt(100_000)).padStart(5, '0')}`
}

/** A token that nobody guesses: reply tokens, quote tokens. */
export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

export function newRequestId(): string {
  return randomUUID()
}
