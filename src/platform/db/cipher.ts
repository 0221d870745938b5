import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes
} from 'node:crypto'
import { comparable } from '../../core/text.ts'

/** Encrypts personal text for the store, and makes the keyed index by which encrypted values are looked up. */
export interface FieldCipher {
  /** `field` ("customer.name") is bound to the text: a value moved to another column does not open. */
  seal(field: string, text: string): string
  /** The text again; throws when the key is missing or the value was tampered with. */
  open(field: string, sealed: string): string
  /** Whether the key of a sealed value is there: that of a person who was erased is not. */
  opens(sealed: string): boolean
  /** The same for equal texts (compared as people do), useless without the key. */
  blindIndex(field: string, text: string): string
  readonly keys: HeldKeys
}

/** The customers' own keys that are at hand (see customer-keys.ts). Ids have 22 characters of base64url. */
export interface HeldKeys {
  /** A new key, and how it is stored. It is not at hand yet. */
  make(): { readonly id: string; readonly keySealed: string }
  has(id: string): boolean
  /** Takes a stored key to hand, where it stays for a while. */
  hold(id: string, keySealed: string): void
  /** Forgets it in this process; what is read later brings it along again, if it is still stored. */
  drop(id: string): void
  /** The same cipher, sealing under a key that is at hand. */
  under(id: string): FieldCipher
}

/** One key of the ring: an id that is written into what it seals, and 32 bytes. */
export interface RingKey {
  readonly id: string
  readonly bytes: Uint8Array
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const SEALED_WITH = /^(@?[\w-]{1,32}):/
/** How a value says that a customer's own key sealed it, anywhere in a text (JSON holds sealed values too). */
const OWN_KEY = /@([\w-]{22}):/g
const KEY_FIELD = 'customer_key.key'
/** About 10 MB. What one query answers has far fewer, and is opened at once. */
const HELD_AT_MOST = 20_000

/**
 * AES-256-GCM under the ring's first key; older keys still open. The index key comes from the oldest, so that it never
 * changes.
 */
export function fieldCipher(ring: readonly RingKey[]): FieldCipher {
  const [newest] = ring
  const oldest = ring.at(-1)
  if (!newest || !oldest) throw new Error('The key ring is empty')
  // Key objects: handing over the bytes each time costs three times as much as the encryption.
  const keys = new Map(ring.map((key) => [key.id, createSecretKey(key.bytes)]))
  const indexKey = createSecretKey(Buffer.from(hkdfSync('sha256', oldest.bytes, '', 'matane blind index', 32)))
  const held = new Map<string, KeyObject>()
  const find = (id: string) => (id.startsWith('@') ? held.get(id.slice(1)) : keys.get(id))
  const keyOf = (id: string) => {
    const key = find(id)
    if (!key) throw new Error(missing(id))
    return key
  }
  const sealingUnder = (id: string): FieldCipher => ({
    seal: (field, text) => `${id}:${encrypt(keyOf(id), field, text)}`,
    open(field, sealed) {
      const [head = '', sealedWith] = SEALED_WITH.exec(sealed) ?? []
      // Without an id it is no sealed value; it may be the very text that must not be shown.
      if (!sealedWith) throw new Error(`A value of ${field} is not sealed`)
      return decrypt(keyOf(sealedWith), field, sealed.slice(head.length))
    },
    opens: (sealed) => find(SEALED_WITH.exec(sealed)?.[1] ?? '') !== undefined,
    blindIndex(field, text) {
      return createHmac('sha256', indexKey)
        .update(`${field}\u0000${comparable(text)}`)
        .digest('base64url')
    },
    keys: heldKeys
  })
  const heldKeys: HeldKeys = {
    make: () => ({
      id: randomBytes(16).toString('base64url'),
      keySealed: cipher.seal(KEY_FIELD, randomBytes(32).toString('base64'))
    }),
    has: (id) => held.has(id),
    hold(id, keySealed) {
      const key = held.get(id) ?? createSecretKey(Buffer.from(cipher.open(KEY_FIELD, keySealed), 'base64'))
      keepNewest(held, [id, key])
    },
    drop: (id) => void held.delete(id),
    under: (id) => sealingUnder(`@${id}`)
  }
  const cipher = sealingUnder(newest.id)
  return cipher
}

/** The ids of the customers' own keys that open what is in a text. */
export function ownKeysIn(text: string): string[] {
  return text.includes('@') ? [...text.matchAll(OWN_KEY)].map(([, id = '']) => id) : []
}

function missing(id: string): string {
  return id.startsWith('@')
    ? 'The key of a customer is not there: they were erased, or this is a backup without its keys'
    : `No encryption key "${id}" in the ring: add it to MATANE_ENCRYPTION_KEYS`
}

function keepNewest(held: Map<string, KeyObject>, [id, key]: [string, KeyObject]): void {
  held.delete(id)
  held.set(id, key)
  const [oldest] = held.keys()
  if (held.size > HELD_AT_MOST && oldest) held.delete(oldest)
}

function encrypt(key: KeyObject, field: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(field))
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function decrypt(key: KeyObject, field: string, sealed: string): string {
  const body = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(field))
    .setAuthTag(body.subarray(-TAG_BYTES))
  return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}
