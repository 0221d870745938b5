import { equalBytes, hmacSha256 } from '../../core/hash.ts'

/** Slack signs at the moment of sending; older or newer requests are replays or a wrong clock (both sides, seconds). */
const TOLERANCE_SECONDS = 300

/** What a request says about itself: the bytes as they came and the two headers. */
interface SignedRequest {
  readonly body: Uint8Array
  /** X-Slack-Signature */
  readonly signature: string | null
  /** X-Slack-Request-Timestamp, epoch seconds. */
  readonly timestamp: string | null
}

/** Why a request is not believed. `skewSeconds` > 0 = from the future. */
type SignatureFault =
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong_time'; readonly skewSeconds: number }
  | { readonly kind: 'wrong_signature' }

/** Why a request is not from Slack; undefined when it is. `nowMs` is real time. */
export function signatureFault(secret: string, request: SignedRequest, nowMs: number): SignatureFault | undefined {
  const { body, signature, timestamp } = request
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return { kind: 'missing' }
  const skewSeconds = Number(timestamp) - Math.floor(nowMs / 1000)
  const right = equalBytes(Buffer.from(sign(secret, timestamp, body)), Buffer.from(signature))
  if (!right) return { kind: 'wrong_signature' }
  return Math.abs(skewSeconds) > TOLERANCE_SECONDS ? { kind: 'wrong_time', skewSeconds } : undefined
}

/** The signature Slack puts on a body: "v0=" and the hex HMAC-SHA256 of "v0:<timestamp>:<body>". */
export function sign(secret: string, timestamp: string, body: Uint8Array | string): string {
  return `v0=${hmacSha256(secret, `v0:${timestamp}:`, body).toString('hex')}`
}

const HINTS = {
  missing: 'Not from Slack, or a proxy removes the X-Slack-* headers.',
  wrong_signature:
    'Check that SLACK_SIGNING_SECRET is the Signing Secret of this very app (Basic Information), and that no proxy changes the body.',
  wrong_time: 'Check the clock of this machine (NTP); Slack requests are good for five minutes.'
} as const

/** What whoever runs the server should look at. */
export const signatureHint = (fault: SignatureFault): string => HINTS[fault.kind]
