import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { comparable } from '../../core/text.ts'

/** Encrypts personal text for the store, and makes the keyed index by which encrypted values are looked up. */
export interface FieldCipher {
  /** `field` ("customer.name") is bound to the text: a value moved to another column does not open. */
  seal(field: string, text: string): string
  /** The text again; throws when the key is missing or the value was tampered with. */
  open(field: string, sealed: string): string
  /** The same for equal texts (compared as people do), useless without the key. */
  blindIndex(field: string, text: string): string
}

/** One key of the ring: an id that is written into what it seals, and 32 bytes. */
export interface RingKey {
  readonly id: string
  readonly bytes: Uint8Array
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const SEALED_WITH = /^([\w-]{1,32}):/

/** AES-256-GCM under the ring's first key; older keys still open. The index key comes from the oldest, so that it never changes. */
export function fieldCipher(ring: readonly RingKey[]): FieldCipher {
  const [newest] = ring
  const oldest = ring.at(-1)
  if (!newest || !oldest) throw new Error('The key ring is empty')
  // Key objects: handing over the bytes each time costs three times as much as the encryption.
  const keys = new Map(ring.map((key) => [key.id, createSecretKey(key.bytes)]))
  const sealingKey = createSecretKey(newest.bytes)
  const indexKey = createSecretKey(Buffer.from(hkdfSync('sha256', oldest.bytes, '', 'matane blind index', 32)))
  return {
    seal(field, text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(field))
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${newest.id}:${body.toString('base64')}`
    },
    open(field, sealed) {
      const [head = '', id] = SEALED_WITH.exec(sealed) ?? []
      // Without an id it is no sealed value; it may be the very text that must not be shown.
      if (!id) throw new Error(`A value of ${field} is not sealed`)
      const key = keys.get(id)
      if (!key) throw new Error(`No encryption key "${id}" in the ring: add it to MATANE_ENCRYPTION_KEYS`)
      const body = Buffer.from(sealed.slice(head.length), 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(field))
        .setAuthTag(body.subarray(-TAG_BYTES))
      return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
    blindIndex(field, text) {
      return createHmac('sha256', indexKey)
        .update(`${field}\u0000${comparable(text)}`)
        .digest('base64url')
    }
  }
}
