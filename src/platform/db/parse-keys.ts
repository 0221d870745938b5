import type { RingKey } from './cipher.ts'

const KEY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/

/** One encryption key as it is written: "<id>:<base64 of 32 bytes>"; undefined when it is anything else. */
function parseKey(text: string): RingKey | undefined {
  const [, id, base64] = KEY.exec(text) ?? []
  return id && base64 ? { id, bytes: Buffer.from(base64, 'base64') } : undefined
}

/** The ring of a list of written keys, newest first, or what is wrong with the list (without repeating a key). */
export function parseKeys(texts: readonly string[]): { ok: true; ring: RingKey[] } | { ok: false; problem: string } {
  const ring: RingKey[] = []
  for (const [index, text] of texts.entries()) {
    const key = parseKey(text)
    if (!key) return { ok: false, problem: `key ${index + 1} is not written as <id>:<base64 of 32 bytes>` }
    if (ring.some(({ id }) => id === key.id)) return { ok: false, problem: `two keys have the id "${key.id}"` }
    ring.push(key)
  }
  return ring.length > 0 ? { ok: true, ring } : { ok: false, problem: 'there is no key' }
}
