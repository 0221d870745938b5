import { equalBytes, hmacSha256, sha256Hex } from '../../core/hash.ts'
import type { Scheme } from './rules/scheme.ts'

/** A request as it came. */
export interface Sent {
  readonly headers: Headers
  readonly body: Uint8Array
  /** The address the sender was given: some sign it too. */
  readonly url: string
  /** Real time, epoch milliseconds. */
  readonly nowMs: number
}

/** "stale" = rightly signed, but too long ago: told again by somebody who listened, or a clock is wrong. */
export type Verdict = 'proven' | 'unsigned' | 'wrong' | 'stale'

/** Signatures with a time in them are good for five minutes. */
const TOLERANCE_SECONDS = 300

/** Whether a request is from who knows one of the secrets; there are several while they change. */
export async function verify(scheme: Scheme, secrets: readonly string[], sent: Sent): Promise<Verdict> {
  const verdicts = await Promise.all(secrets.map((secret) => BY[scheme.by](scheme, secret, sent)))
  return (['proven', 'stale', 'wrong'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'unsigned'
}

type Verify = (scheme: Scheme, secret: string, sent: Sent) => Verdict | Promise<Verdict>

const BY: Readonly<Record<Scheme['by'], Verify>> = {
  stripe: (_, secret, sent) => verifyStripe(secret, sent),
  standard: (_, secret, sent) => verifyStandard(secret, sent),
  hmac: (scheme, secret, sent) => (scheme.by === 'hmac' ? verifyHmac(scheme, secret, sent) : 'wrong'),
  secret: (scheme, secret, sent) => (scheme.by === 'secret' ? verifySecret(scheme.header, secret, sent) : 'wrong')
}

/** Stripe's library is large: it is loaded when the first of its webhooks comes. */
async function verifyStripe(secret: string, { headers, body, nowMs }: Sent): Promise<Verdict> {
  const header = headers.get('stripe-signature')
  if (!header) return 'unsigned'
  const { default: Stripe } = await import('stripe')
  const checkAt = (receivedAtMs: number) =>
    Stripe.webhooks.signature
      ?.verifyHeaderAsync(body, header, secret, TOLERANCE_SECONDS, undefined, receivedAtMs)
      .catch(() => false)
  if (await checkAt(nowMs)) return aheadOf(header, nowMs) ? 'stale' : 'proven'
  const signedAt = timeIn(header)
  return signedAt !== undefined && (await checkAt(signedAt * 1000)) ? 'stale' : 'wrong'
}

/** The library only refuses what is too old. */
function aheadOf(header: string, nowMs: number): boolean {
  return (timeIn(header) ?? 0) - nowMs / 1000 > TOLERANCE_SECONDS
}

function timeIn(header: string): number | undefined {
  const [, seconds] = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

/** Its library looks at the clock itself. */
async function verifyStandard(secret: string, { headers, body }: Sent): Promise<Verdict> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  if (names.some((name) => !headers.get(name))) return 'unsigned'
  const { Webhook } = await import('standardwebhooks')
  try {
    const given = Object.fromEntries(names.map((name) => [name, headers.get(name) ?? '']))
    new Webhook(secret).verify(Buffer.from(body).toString(), given, { jsonParse: false })
    return 'proven'
  } catch (error) {
    return error instanceof Error && /timestamp too/i.test(error.message) ? 'stale' : 'wrong'
  }
}

function verifyHmac(scheme: Scheme & { by: 'hmac' }, secret: string, { headers, body, url }: Sent): Verdict {
  const given = headers.get(scheme.header)
  if (!given) return 'unsigned'
  const parts = scheme.over === 'url_and_body' ? [url, body] : [body]
  const right = `${scheme.prefix ?? ''}${hmacSha256(secret, ...parts).toString(scheme.encoding)}`
  const comparable = scheme.encoding === 'hex' ? given.toLowerCase() : given
  return equalBytes(Buffer.from(right), Buffer.from(comparable)) ? 'proven' : 'wrong'
}

/** Hashed first, so that not even the length of the secret shows in the time it takes. */
function verifySecret(header: string, secret: string, { headers }: Sent): Verdict {
  const given = headers.get(header)
  if (!given) return 'unsigned'
  const bare = given.replace(/^Bearer\s+/i, '')
  return equalBytes(Buffer.from(sha256Hex(secret)), Buffer.from(sha256Hex(bare))) ? 'proven' : 'wrong'
}
