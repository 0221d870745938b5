import { ok, type Result } from '../../../core/result.ts'
import { storable } from '../../../core/text.ts'
import { birthdayOf } from './birthday.ts'
import { prefectureName } from './prefecture.ts'

/** Longest value, in UTF-16 units. */
const ATTRIBUTE_MAX_LENGTH = 1_000
const NAME_MAX_LENGTH = 60

/** Something a source says of a customer, as it is stored: made by `toldAttribute`. */
export interface ToldAttribute {
  readonly name: string
  /** To be sealed; null = the source takes it back. */
  readonly value: string | null
  /** What may be read without opening it: "05-12" of a birthday, a gender, a prefecture, a time zone. */
  readonly coarse: string | undefined
}

export interface BadAttribute {
  readonly kind: 'bad_attribute'
  /** What to send instead. */
  readonly message: string
}

/** The business's day and zone, by which a birthday is understood. */
export interface AttributeContext {
  readonly timeZone: string
  /** "2026-11-21" */
  readonly today: string
}

/**
 * Writes an attribute the way it is stored. `name`, `birthday`, `gender`, `prefecture` and `timezone` are understood; others are kept
 * as told, sealed. Null or an empty text takes an attribute back. Takes anything, throws never.
 */
export function toldAttribute(
  name: string,
  told: unknown,
  context: AttributeContext
): Result<ToldAttribute, BadAttribute> {
  const own = storable(name).normalize('NFKC').trim()
  if (!isName(own)) return bad(`must have a name of 1 to ${NAME_MAX_LENGTH} letters, digits, spaces, _ . or -`)
  const text = textOf(told)
  if (text === undefined) return bad('must be a text, a number, true or false')
  if (text === '') return ok({ name: own, value: null, coarse: undefined })
  if (text.length > ATTRIBUTE_MAX_LENGTH) return bad(`must have at most ${ATTRIBUTE_MAX_LENGTH} characters`)
  const known = Object.hasOwn(KNOWN, own) ? KNOWN[own] : undefined
  if (!known) return ok({ name: own, value: text, coarse: undefined })
  const understood = known.read(text, context)
  return understood ? ok({ name: own, ...understood }) : bad(known.hint)
}

interface Known {
  readonly read: (text: string, context: AttributeContext) => Omit<ToldAttribute, 'name'> | undefined
  readonly hint: string
}

const KNOWN: Readonly<Record<string, Known>> = {
  name: {
    read: (text) => (text.length <= 100 && !/\p{Cc}/u.test(text) ? { value: text, coarse: undefined } : undefined),
    hint: 'must be a name of at most 100 characters'
  },
  birthday: {
    read(text, context) {
      const birthday = birthdayOf(text, context)
      return birthday && { value: birthday.value, coarse: birthday.monthDay }
    },
    hint: 'must be a day such as 1990-05-12 (or --05-12 without its year), from 1900 until today'
  },
  gender: {
    read: (text) => coarsely(GENDERS.get(text.normalize('NFKC').toLowerCase())),
    hint: 'must be female, male or other (女性, 男性, その他); leave it out when it is not known'
  },
  prefecture: {
    read: (text) => coarsely(prefectureName(text)),
    hint: 'must be a prefecture such as 東京都, Tokyo or JP-13'
  },
  timezone: {
    read: (text) => coarsely(zoneName(text)),
    hint: 'must be a time zone such as Asia/Tokyo (IANA)'
  }
}

const GENDERS: ReadonlyMap<string, string> = new Map([
  ...['female', 'f', 'woman', '女', '女性'].map((word) => [word, 'female'] as const),
  ...['male', 'm', 'man', '男', '男性'].map((word) => [word, 'male'] as const),
  ...['other', 'non-binary', 'nonbinary', 'x', 'その他'].map((word) => [word, 'other'] as const)
])

function coarsely(value: string | undefined): Omit<ToldAttribute, 'name'> | undefined {
  return value === undefined ? undefined : { value, coarse: value }
}

/** Names are stored in the clear: one with an @ or a long number would be somebody's address or telephone. */
function isName(name: string): boolean {
  if (name.length > NAME_MAX_LENGTH || !/^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_ .-]*$/u.test(name)) return false
  return !/\d{6}/.test(name) && name !== '__proto__' && name !== 'constructor' && name !== 'prototype'
}

function textOf(told: unknown): string | undefined {
  if (told === null) return ''
  if (typeof told === 'string') return storable(told).trim()
  if (typeof told === 'boolean' || (typeof told === 'number' && Number.isFinite(told))) return String(told)
  return undefined
}

function bad(message: string): { readonly ok: false } & BadAttribute {
  return { ok: false, kind: 'bad_attribute', message }
}

/** A time zone by its IANA name, as this runtime writes it; an offset such as +09:00 is none, as it knows no summer. */
function zoneName(text: string): string | undefined {
  if (!/^[A-Za-z]/.test(text)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
