/** Takes secrets and personal text out of what is logged: by the name of the key, by the look of a text, by value. */
import type { LogData } from './scope.ts'

/** What stands in the place of anything removed. */
const SCRUBBED = '[scrubbed]'

const MAX_DEPTH = 8
const MAX_ITEMS = 50
const MAX_TEXT = 4_000

/** Ends of names that hold secrets. Names are compared in lower case, without "_" and "-". */
const SECRET_ENDINGS =
  /(secret|token|password|passwd|authorization|cookie|apikey|signature|credentials?|encryptionkeys?|writekeys?|sealed|responseurl|triggerid)$/
/** Whole names that hold personal text. `name` is one of them: log our own things as `job`, `feature`, `file`. */
const PERSONAL = new Set(
  'name,displayname,realname,fullname,firstname,lastname,nickname,customername,text,texts,alttext,words,note,notes,answer,answers,comment,detail,email,mail,phone,tel,address,birthday,body,rawbody,payload,raw,content,contents,messages,externalid,lineuserid,picture,pictureurl,statusmessage,parameters,values,args'.split(
    ','
  )
)

/** Texts that look like a secret or a person's id, wherever they stand. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // "Basic Information" is a page of Slack's that hints name.
  [/\b(Bearer|Basic)\s+(?!Information\b)[\w.~+/=-]{6,}/gi, `$1 ${SCRUBBED}`],
  [/\bx(ox[a-z]|app)-[\w-]{6,}/g, SCRUBBED],
  [/\/\/[^\s/:@]*:[^\s/@]+@/g, `//${SCRUBBED}@`],
  [/([?&][\w-]*(?:key|token|secret|signature|sig|mac|code)=)[^&\s"'<>]+/gi, `$1${SCRUBBED}`],
  [/https:\/\/hooks\.slack\.com\/\S+/g, SCRUBBED],
  [/\b[UCR][0-9a-f]{32}\b/g, SCRUBBED],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, SCRUBBED],
  [/(?<![\d-])(?:\+81|0)\d{1,4}-?\d{1,4}-?\d{4}(?![\d-])/g, SCRUBBED],
  [/\b[\w-]{1,32}:[A-Za-z0-9+/]{43}=/g, SCRUBBED],
  [/[A-Za-z0-9+/_-]{80,}={0,2}/g, SCRUBBED]
]
/** "key": "value" inside a text, as in an error that quotes a request; the quotes may be escaped. */
const QUOTED = /(\\?["'])([\w-]{2,40})\1\s*:\s*(\\?["'])(?:(?!\3).)*\3/gs

export interface Scrubber {
  text(raw: string): string
  /** Plain JSON data, cut to a sensible size; never the object itself. */
  data(data: LogData): Record<string, unknown>
}

/** Makes a scrubber that knows these secrets by value as well (those of 6 characters and more). */
export function scrubber(secrets: readonly string[] = []): Scrubber {
  const known = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length)
  const text = (raw: string) => scrubText(raw, known)
  const scrub = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value === 'bigint') return String(value)
    if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
    if (typeof value !== 'object' || value === null) return value
    return depth > MAX_DEPTH ? '[too deep]' : scrubObject(value, (inner) => scrub(inner, depth + 1))
  }
  return { text, data: (data) => scrubEntries(data, (inner) => scrub(inner, 1)) }
}

/** True when nothing under this key may be logged. */
export function isPrivateKey(key: string): boolean {
  const plain = key.toLowerCase().replace(/[_\- ]/g, '')
  return PERSONAL.has(plain) || SECRET_ENDINGS.test(plain)
}

function scrubText(raw: string, secrets: readonly string[]): string {
  let text = raw.length > MAX_TEXT ? `${raw.slice(0, MAX_TEXT)}…` : raw
  for (const secret of secrets) text = text.replaceAll(secret, SCRUBBED)
  text = text.replace(QUOTED, (whole, quote: string, key: string) =>
    isPrivateKey(key) ? `${quote}${key}${quote}:${quote}${SCRUBBED}${quote}` : whole
  )
  for (const [pattern, replacement] of PATTERNS) text = text.replace(pattern, replacement)
  return text
}

function scrubObject(value: object, scrub: (inner: unknown) => unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof Error) return scrubError(value, scrub)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof URL) return scrub(value.href)
  if (value instanceof Map) return scrubObject(Object.fromEntries(value), scrub)
  if (value instanceof Set) return scrubObject([...value], scrub)
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(scrub)
  return scrubEntries(value, scrub)
}

function scrubEntries(value: object, scrub: (inner: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, MAX_ITEMS)
  return Object.fromEntries(entries.map(([key, inner]) => [key, isPrivateKey(key) ? SCRUBBED : scrub(inner)]))
}

/** What helps to find a fault. Other members stay out: they often hold the whole request, or the row that failed. */
function scrubError(error: Error, scrub: (inner: unknown) => unknown): unknown {
  const members = ['code', 'status', 'statusCode', 'constraint', 'table', 'column', 'severity', 'kind'] as const
  const details: Record<string, unknown> = { ...error }
  const kept = members.filter((key) => details[key] !== undefined).map((key) => [key, scrub(details[key])])
  return {
    type: error.name,
    message: scrub(withoutArguments(error.message)),
    ...Object.fromEntries(kept),
    stack: scrub(framesOf(error)),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause) }),
    ...(error instanceof AggregateError ? { errors: scrub(error.errors) } : {})
  }
}

/** Prisma writes the arguments of the call into its message; only the last line says what is wrong. */
function withoutArguments(message: string): string {
  if (!/\binvocation\b/.test(message)) return message
  return message.trim().split('\n').at(-1) ?? ''
}

/** The stack begins with the message, which is logged apart. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n')
}
