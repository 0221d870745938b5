import { equalBytes, hmacSha256 } from '../../core/hash.ts'

/** The header LINE signs its webhooks in. */
export const SIGNATURE_HEADER = 'x-line-signature'

/** What LINE puts in the header: base64 of HMAC-SHA256(channel secret, the body's bytes). */
export function signLine(channelSecret: string, body: Uint8Array): string {
  return hmacSha256(channelSecret, body).toString('base64')
}

/**
 * Whether LINE signed exactly these bytes. Takes the body as it came, never decoded text: decoding may change it.
 * Compares in constant time.
 */
export function verifyLine(channelSecret: string, body: Uint8Array, signature: string | null): boolean {
  if (!signature) return false
  return equalBytes(Buffer.from(signLine(channelSecret, body)), Buffer.from(signature))
}
