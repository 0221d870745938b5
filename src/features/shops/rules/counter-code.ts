import { canonicalBase32, decodeNumber, encodeBytes, encodeNumber } from '../../../core/base32.ts'
import { equalBytes, hmacSha256 } from '../../../core/hash.ts'
import { ok, type Result } from '../../../core/result.ts'
import { comparable } from '../../../core/text.ts'

/** A new code is shown this often; it is taken for one more step, so that a slow hand still gets its stamp. */
export const STEP_MS = 30_000
const STEP_LENGTH = 6
const MAC_LENGTH = 10
/** Codes are shown as "kichijoji.1RK3F2.7H2K9M4P1Q". */
const SHOP_ID = /^[a-z][a-z0-9-]{1,31}$/
const AMONG_WORDS = new RegExp(
  `(?<![a-z0-9.-])([a-z][a-z0-9-]{1,31})\\.([a-z0-9]{${STEP_LENGTH}})\\.([a-z0-9]{${MAC_LENGTH}})(?![a-z0-9])`
)
/** A code with a character too many or too few; an address or a version has shorter parts. */
const NEARLY = /^[a-z][a-z0-9-]{1,31}\.(?=[a-z0-9]*\d)[a-z0-9]{5,7}\.[a-z0-9]{8,12}$/

export interface CounterCode {
  readonly shop: string
  /** Number of 30-second steps since 1970, by the counters' clock. */
  readonly step: number
  readonly mac: string
}

/** What a text is to the counter: a code, one that was typed wrong, or nothing that has to do with it. */
export type ReadCode = { readonly kind: 'code'; readonly code: CounterCode } | { readonly kind: 'garbled' }

export type CodeFault = { readonly kind: 'forged' } | { readonly kind: 'future' } | { readonly kind: 'expired' }

/** The code a shop's counter shows at an instant of the counters' clock. `secret` is the shop's own. */
export function codeAt(shop: string, secret: Uint8Array, atMs: number): CounterCode {
  const step = Math.floor(atMs / STEP_MS)
  return { shop, step, mac: macOf(shop, secret, step) }
}

/** The code as it is shown and stored: always written the same way, however it was typed. */
export function formatCode({ shop, step, mac }: CounterCode): string {
  return `${shop}.${encodeNumber(step, STEP_LENGTH)}.${mac}`
}

/**
 * Reads a code from what a person sent: with or without スタンプ / stamp before it, in any case, full-width or not,
 * with spaces or other marks for its dots, or written as shown among other words. Undefined for a text that is no code.
 */
export function readCode(text: string): ReadCode | undefined {
  const typed = comparable(text)
  const shown = AMONG_WORDS.exec(typed)
  const found = shown?.[1] && codeOf(shown[1], `${shown[2]}${shown[3]}`)
  return found ? { kind: 'code', code: found } : readTyped(typed)
}

function readTyped(typed: string): ReadCode | undefined {
  const rest = typed.replace(/^(スタンプ|stamp(?![a-z0-9-]))\s*[::]?\s*(?=[a-z])/, '')
  const announced = rest !== typed
  const [shop = '', ...tail] = rest.split(/[\s.。・､、,_]+/).filter((part) => part !== '')
  const code = SHOP_ID.test(shop) ? codeOf(shop, tail.join('')) : undefined
  const plain = /\d/.test(tail.join('')) && rest.includes('.')
  if (code && (announced || plain)) return { kind: 'code', code }
  const attempted = announced ? /^[a-z0-9-]+\.[a-z0-9. ]*$/ : NEARLY
  return attempted.test(rest) ? { kind: 'garbled' } : undefined
}

/**
 * Whether a code is good: signed by the shop's secret, and of the step in which it was sent or the one before. `sentAtMs`
 * is when LINE took the message, so that a code stays good however late we come to handle it; `nowMs` is our own clock,
 * which made the code, so that LINE's being a little behind refuses nobody. Both are by the counters' clock.
 */
export function checkCode(
  code: CounterCode,
  secret: Uint8Array,
  { sentAtMs, nowMs }: { sentAtMs: number; nowMs: number }
): Result<CounterCode, CodeFault> {
  const expected = new TextEncoder().encode(macOf(code.shop, secret, code.step))
  if (!equalBytes(expected, new TextEncoder().encode(code.mac))) return { ok: false, kind: 'forged' }
  if (code.step > Math.floor(nowMs / STEP_MS)) return { ok: false, kind: 'future' }
  if (code.step < Math.floor(sentAtMs / STEP_MS) - 1) return { ok: false, kind: 'expired' }
  return ok(code)
}

function codeOf(shop: string, tail: string): CounterCode | undefined {
  const body = tail.length === STEP_LENGTH + MAC_LENGTH ? canonicalBase32(tail) : undefined
  if (!body) return undefined
  return { shop, step: decodeNumber(body.slice(0, STEP_LENGTH)), mac: body.slice(STEP_LENGTH) }
}

function macOf(shop: string, secret: Uint8Array, step: number): string {
  return encodeBytes(hmacSha256(secret, `stamp\u0000${shop}\u0000${step}`), MAC_LENGTH)
}
