import { createHash, randomBytes } from 'node:crypto'

/** Matane's own UUID namespace (RFC 9562, version 5). Changing it would change the id of every message yet to be sent. */
const NAMESPACE = Buffer.from('6f1f5d0b3b0e5f6e9a6c0d3a51b7c2e4', 'hex')

/** The same parts give the same UUID (version 5), so that work done again finds what it wrote the first time. */
export function idOf(...parts: string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(parts.join('\u0000')).digest()
  return asUuid(hash.subarray(0, 16), 5)
}

/** The newest id's millisecond, and its place among those of that millisecond. */
let newest = { atMs: Number.NaN, place: 0 }

/**
 * A new UUID that sorts by time (version 7), and after those that this process made in the same millisecond. `atMs` is
 * epoch milliseconds.
 */
export function newId(atMs: number = Date.now()): string {
  const bytes = randomBytes(16)
  // The place takes the first 26 bits that are free (RFC 9562, 6.2, method 1); chance says where in half of them it begins.
  const place = newest.atMs === atMs ? newest.place + 1 : bytes.readUInt32BE(6) >>> 7
  newest = { atMs, place }
  bytes.writeUIntBE(atMs, 0, 6)
  bytes.writeUInt16BE(place >>> 14, 6)
  bytes.writeUInt16BE(place & 0x3fff, 8)
  return asUuid(bytes, 7)
}

function asUuid(source: Uint8Array, version: number): string {
  const bytes = Buffer.from(source)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
