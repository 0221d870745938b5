import { HTTPFetchError } from '@line/bot-sdk'
import { DeliveryError } from '../queue/types.ts'

/** Why LINE refused, where the sender does something about it. */
export type LineRefusal = 'invalid_reply_token' | 'monthly_limit' | 'rate' | 'access' | 'other'

/** LINE said no, or did not answer. */
export class LineError extends DeliveryError {
  readonly refusal: LineRefusal

  constructor(message: string, refusal: LineRefusal, how: ConstructorParameters<typeof DeliveryError>[1]) {
    super(message, how)
    this.name = 'LineError'
    this.refusal = refusal
  }
}

/** What to look at when LINE does not let us in. */
const ACCESS_HINT =
  'check LINE_CHANNEL_ACCESS_TOKEN: it must be a valid long-lived token of the same Messaging API channel as ' +
  'LINE_CHANNEL_SECRET'

/** Faults of a connection that was never made: LINE cannot have accepted anything. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT'
])

/** Any fault of a call to LINE as one error that says whether to try again, when, and whether LINE may have accepted it. */
export function lineError(cause: unknown): LineError {
  if (cause instanceof HTTPFetchError) return refusalOf(cause)
  const reached = !UNREACHED.has(codeOf(cause))
  const message = reached ? 'LINE did not answer in time, or the connection broke' : 'LINE could not be reached'
  return new LineError(`${message} (${nameOf(cause)})`, 'other', { retry: 'later', answered: !reached, cause })
}

function refusalOf(cause: HTTPFetchError): LineError {
  const { status } = cause
  const said = messageIn(cause.body)
  const text = `LINE answered ${status}: ${said}`
  const later = { retry: 'later', answered: true, status, cause, ...retryAfter(cause.headers) } as const
  if (status === 429) return new LineError(text, isMonthlyLimit(said) ? 'monthly_limit' : 'rate', later)
  if (status === 401 || status === 403) return new LineError(`${text}; ${ACCESS_HINT}`, 'access', later)
  if (status >= 500 || status === 408) return new LineError(text, 'other', later)
  const refusal = /invalid reply token/i.test(said) ? 'invalid_reply_token' : 'other'
  return new LineError(text, refusal, { retry: 'never', answered: true, status, cause })
}

function isMonthlyLimit(said: string): boolean {
  return /monthly limit/i.test(said)
}

/** Seconds of a Retry-After header, written as seconds or as a date. */
function retryAfter(headers: Headers): { retryAfterSeconds: number } | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, Math.ceil(seconds)) } : undefined
}

/** LINE's `message`, and the places of its details; never the details' own words, which may quote what we sent. */
function messageIn(body: string): string {
  try {
    const { message, details }: { message?: unknown; details?: unknown } = JSON.parse(body)
    const places = Array.isArray(details) ? details.map((detail) => String(detail?.property ?? '')).filter(Boolean) : []
    return [String(message ?? '').slice(0, 200), ...places.slice(0, 5)].join(' ')
  } catch {
    return '(no message)'
  }
}

function codeOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  return inner instanceof Error && 'code' in inner ? String(inner.code) : ''
}

function nameOf(cause: unknown): string {
  return codeOf(cause) || (cause instanceof Error ? cause.name : typeof cause)
}
